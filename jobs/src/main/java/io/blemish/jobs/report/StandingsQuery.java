package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

/** Where the series of a subject stand: the last row of each, ranked by how clear its signal is. */
final class StandingsQuery implements AutoCloseable {
    /** A series that has had no photographs for longer, such as that of a lot, is over, and signals nothing now. */
    private static final int FRESH_DAYS = 7;

    private final Dataset<Row> last;

    /**
     * The standings on a day.
     *
     * @param rows of {@code defect_trends}, of one encoder and one knowledge base
     */
    StandingsQuery(Dataset<Row> rows, LocalDate day) {
        Column whole = struct(columns(rows.columns()));
        this.last = rows.where(col("day").gt(date_sub(lit(day), FRESH_DAYS)))
                .groupBy(columns(TrendRows.KEY.toArray(String[]::new)))
                .agg(max_by(whole, col("day")).as("last"))
                .select("last.*")
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Column[] columns(String[] names) {
        Column[] columns = new Column[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] = col(names[i]);
        }
        return columns;
    }

    /** How many series say the same. */
    Map<Signal, Long> signals() {
        Map<Signal, Long> signals = new HashMap<>();
        for (Row row : last.groupBy("signal").agg(count(lit(1))).collectAsList()) {
            signals.put(Signal.ofText(row.getString(0)), row.getLong(1));
        }
        return signals;
    }

    /** How many series have this grain; 0 when it was not computed. */
    long size(String grain) {
        return last.where(col("grain").equalTo(grain)).count();
    }

    /** The clearest of a grain. */
    List<Standing> clearest(String grain, int most) {
        return last.where(col("grain").equalTo(grain)).orderBy(strength()).limit(most).collectAsList().stream()
                .map(TrendRows::standing)
                .toList();
    }

    /** How many series each defect has. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        for (Row row : last.groupBy("defect").agg(count(lit(1))).collectAsList()) {
            sizes.put(row.getString(0), row.getLong(1));
        }
        return sizes;
    }

    /** The clearest of each defect; the defects with the clearest first, that of any defect before all. */
    List<List<Standing>> byDefect(int most) {
        Map<String, List<Standing>> standings = last
                .withColumn(
                        "place", row_number().over(Window.partitionBy("defect").orderBy(strength())))
                .where(col("place").leq(most))
                .orderBy("place")
                .collectAsList()
                .stream()
                .map(TrendRows::standing)
                .collect(Collectors.groupingBy(Standing::defect));
        List<List<Standing>> ordered = new ArrayList<>(standings.values());
        ordered.sort(Comparator.comparing(
                        (List<Standing> each) -> !each.get(0).defect().equals(DefectTrendsTable.ANY))
                .thenComparing(each -> each.get(0), Standing.BY_STRENGTH));
        return ordered;
    }

    /** As {@link Standing#BY_STRENGTH} has it. */
    private static Column[] strength() {
        Column signal = col("signal");
        Column attention = when(signal.equalTo("rising"), 0)
                .when(signal.equalTo("falling"), 1)
                .when(signal.equalTo("steady"), 2);
        List<Column> strength = new ArrayList<>(List.of(
                attention.asc_nulls_last(),
                col("q_value").asc_nulls_last(),
                abs(col("z")).desc_nulls_last(),
                col("count").desc()));
        TrendRows.KEY.forEach(key -> strength.add(col(key)));
        return strength.toArray(Column[]::new);
    }

    @Override
    public void close() {
        last.unpersist();
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a computation of trends found and did.
 *
 * @param images inspected ones with a time, on the days that were asked for
 * @param undated inspected ones without a time, which are in no series
 * @param rows rows of these days, by grain, day and defect
 * @param written of these, rows that were not stored as they are
 * @param from the first day that was written
 * @param lastDay the last day that has images
 * @param rising series that rise on the last day
 * @param falling series that fall on the last day
 * @param clearest some of both, the clearest first, in words
 */
public record TrendsResult(
        long images,
        long undated,
        long rows,
        long written,
        Optional<LocalDate> from,
        Optional<LocalDate> lastDay,
        long rising,
        long falling,
        List<String> clearest) {
    private static final int TOLD = 5;

    public TrendsResult {
        requireNonNull(from, "from is null");
        requireNonNull(lastDay, "lastDay is null");
        clearest = List.copyOf(clearest);
    }

    /** What there is to tell of rows. */
    static TrendsResult of(Dataset<Row> rows, Optional<LocalDate> from, long written, long undated) {
        long images = 0;
        for (Row day : rows.where(col("grain")
                        .equalTo(DefectTrendsTable.ALL)
                        .and(col("defect").equalTo(DefectTrendsTable.ANY)))
                .select("inspected", "abstained")
                .collectAsList()) {
            images += day.getLong(0) + day.getLong(1);
        }
        Optional<LocalDate> lastDay =
                Optional.ofNullable(rows.agg(max("day")).first().getAs(0));
        Dataset<Row> last = rows.where(col("day").equalTo(lit(lastDay.orElse(LocalDate.EPOCH))));
        Dataset<Row> rising = last.where(col("signal").equalTo(Signal.RISING.text()));
        Dataset<Row> falling = last.where(col("signal").equalTo(Signal.FALLING.text()));
        return new TrendsResult(
                images,
                undated,
                rows.count(),
                written,
                from,
                lastDay,
                rising.count(),
                falling.count(),
                told(rising.union(falling)));
    }

    private static List<String> told(Dataset<Row> signals) {
        List<String> told = new ArrayList<>();
        for (Row row : signals.orderBy(
                        abs(col("z")).desc(), col("grain"), col("site"), col("line"), col("product"), col("lot"))
                .limit(TOLD)
                .collectAsList()) {
            told.add(sentence(row));
        }
        return told;
    }

    /** For example: rising: green mould at site Porto, line 2, from 1.0 % to 3.1 %. */
    private static String sentence(Row row) {
        List<String> place = new ArrayList<>();
        if (!row.getAs("grain").equals(DefectTrendsTable.ALL)) {
            for (String column : row.<String>getAs("grain").split(",", -1)) {
                place.add(column + " " + row.getAs(column));
            }
        }
        String defect = row.getAs("defect");
        return row.getAs("signal") + ": " + (defect.equals(DefectTrendsTable.ANY) ? "any defect" : defect)
                + (place.isEmpty() ? "" : " at " + String.join(", ", place))
                + String.format(
                        Locale.ROOT,
                        ", from %.1f %% to %.1f %%",
                        100 * row.<Double>getAs("baseline"),
                        100.0 * row.<Long>getAs("recent_count") / row.<Long>getAs("recent_inspected"));
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("images", images);
        run.count("undated", undated);
        run.count("rows", rows);
        run.count("written", written);
        run.count("rising", rising);
        run.count("falling", falling);
        run.imagesDone(images);
    }

    /**
     * What a person is told.
     *
     * @param title what was, or would be, done
     */
    Summary summary(String title, String warehouse) {
        Summary summary = Summary.titled(title)
                .with("images", images, "")
                .with("undated", undated, undated == 0 ? "" : "in no series")
                .with("rows", rows, "by grain, day and defect")
                .with("written", written, from.map(day -> "from " + day + " on").orElse("nothing has changed"))
                .with("rising", rising, lastDay.map(day -> "on " + day).orElse(""))
                .with("falling", falling, lastDay.map(day -> "on " + day).orElse(""));
        for (String signal : clearest) {
            summary = summary.note(signal);
        }
        return summary.next(
                "bin/blemish sql \"SELECT * FROM current_trends WHERE signal = 'rising' ORDER BY day DESC, z DESC\""
                        + " --warehouse " + warehouse);
    }
}

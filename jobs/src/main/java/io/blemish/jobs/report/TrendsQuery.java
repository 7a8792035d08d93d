package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.blemish.jobs.TimeWindow;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.Warehouse;
import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the trends of a subject: where its series stand, and the days of those that are drawn. A bounded number of rows
 * is collected, whatever the warehouse holds.
 */
final class TrendsQuery {
    private static final int MOST_PAGES = 30;

    /** Of one defect. */
    private static final int MOST_CHARTS = 12;

    /** Of one defect. */
    private static final int MOST_LISTED = 60;

    /** Days that a chart shows, at most. */
    private static final int DAYS = 120;

    /** The grain of the overview, where it was computed. */
    private static final String OVERVIEW_GRAIN = "site";

    private final Warehouse warehouse;
    private final Dataset<Row> rows;
    private final LocalDate day;

    private TrendsQuery(Warehouse warehouse, Dataset<Row> rows, LocalDate day) {
        this.warehouse = warehouse;
        this.rows = rows;
        this.day = day;
    }

    /**
     * The trends, without photographs; empty when none are computed.
     *
     * @param window the days that are told of
     * @param most charts of the overview
     */
    static Optional<Trends> trends(Warehouse warehouse, Subject subject, TimeWindow window, int most) {
        if (!warehouse.exists(DefectTrendsTable.DEFINITION)) {
            return Optional.empty();
        }
        Dataset<Row> rows = window.of(warehouse.read(DefectTrendsTable.DEFINITION), "day")
                .where(col("encoder_id")
                        .equalTo(subject.encoderId())
                        .and(col("kb_id").equalTo(subject.base().id())));
        Row last = rows.agg(max("day")).first();
        return last.isNullAt(0)
                ? Optional.empty()
                : Optional.of(new TrendsQuery(warehouse, rows, last.getLocalDate(0)).trends(most));
    }

    private Trends trends(int most) {
        try (StandingsQuery standings = new StandingsQuery(rows, day)) {
            long ofSites = standings.size(OVERVIEW_GRAIN);
            String grain = ofSites > 0 ? OVERVIEW_GRAIN : DefectTrendsTable.ALL;
            List<Standing> overview = standings.clearest(grain, most);
            List<List<Standing>> byDefect = standings.byDefect(MOST_LISTED);
            List<List<Standing>> shown = byDefect.stream().limit(MOST_PAGES).toList();
            Map<Key, List<TrendPoint>> points = points(drawn(overview, shown));
            Map<Signal, Long> signals = standings.signals();
            return new Trends(
                    day,
                    signals.getOrDefault(Signal.RISING, 0L),
                    signals.getOrDefault(Signal.FALLING, 0L),
                    series(overview, points),
                    standings.size(grain) - overview.size(),
                    defects(shown, standings.sizes(), points),
                    byDefect.size() - shown.size());
        }
    }

    private static List<DefectTrends> defects(
            List<List<Standing>> shown, Map<String, Long> sizes, Map<Key, List<TrendPoint>> points) {
        Slugs slugs = new Slugs();
        List<DefectTrends> defects = new ArrayList<>();
        for (List<Standing> standings : shown) {
            String defect = standings.get(0).defect();
            defects.add(new DefectTrends(
                    defect,
                    slugs.of(TrendWords.defect(defect)),
                    series(drawn(standings), points),
                    standings,
                    sizes.get(defect) - standings.size(),
                    List.of()));
        }
        return defects;
    }

    private static List<TrendSeries> series(List<Standing> standings, Map<Key, List<TrendPoint>> points) {
        return standings.stream()
                .map(standing -> new TrendSeries(standing, points.get(Key.of(standing))))
                .toList();
    }

    /** Of a defect, those that its page draws. */
    private static List<Standing> drawn(List<Standing> ofDefect) {
        return ofDefect.stream().limit(MOST_CHARTS).toList();
    }

    private static Set<Key> drawn(List<Standing> overview, List<List<Standing>> shown) {
        Set<Key> drawn = new LinkedHashSet<>();
        overview.forEach(standing -> drawn.add(Key.of(standing)));
        shown.forEach(ofDefect -> drawn(ofDefect).forEach(standing -> drawn.add(Key.of(standing))));
        return drawn;
    }

    /** What tells a series from all others of the subject. */
    private record Key(TrendScope scope, String defect) {
        static Key of(Standing standing) {
            return new Key(standing.scope(), standing.defect());
        }

        /** The key's columns in {@code defect_trends}. */
        Row row() {
            Map<String, String> values = new HashMap<>();
            scope.parts().forEach(part -> values.put(part.column(), part.value().orElse(null)));
            Object[] row = TrendRows.KEY.stream()
                    .map(column -> values.containsKey(column) ? values.get(column) : DefectTrendsTable.ANY)
                    .toArray();
            row[0] = scope.parts().isEmpty() ? DefectTrendsTable.ALL : scope.grain();
            row[row.length - 1] = defect;
            return RowFactory.create(row);
        }
    }

    private Map<Key, List<TrendPoint>> points(Set<Key> keys) {
        StructType schema = new StructType();
        Column same = lit(true);
        for (String column : TrendRows.KEY) {
            schema = schema.add(column, DataTypes.StringType);
            same = same.and(col("rows." + column).eqNullSafe(col("keys." + column)));
        }
        Dataset<Row> wanted =
                warehouse.spark().createDataFrame(keys.stream().map(Key::row).toList(), schema);
        Map<Key, List<TrendPoint>> points = new HashMap<>();
        for (Row row : rows.where(col("day").gt(date_sub(lit(day), DAYS)))
                .as("rows")
                .join(broadcast(wanted).as("keys"), same, "left_semi")
                .orderBy("day")
                .collectAsList()) {
            Standing standing = TrendRows.standing(row);
            points.computeIfAbsent(Key.of(standing), key -> new ArrayList<>()).add(standing.last());
        }
        return points;
    }
}

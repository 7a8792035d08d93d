package io.blemish.jobs.trends;

import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.DayCount;
import io.blemish.trends.Series;
import io.blemish.trends.TrendDay;
import io.blemish.trends.TrendSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What the series of one place say: of each defect, and of any. A place is a grain with its product, site, line and lot.
 *
 * <p>A defect has a row on the days of its place from the first time it was found on, until it has been absent for as many
 * days as decide what is said of a day.
 */
final class SeriesRows implements FlatMapGroupsFunction<String, Row, Row> {
    private static final long serialVersionUID = 1;

    /** What is not known before all series of a day, and all days of a release, are looked at. */
    private static final List<String> LATER = List.of("signal", "q_value", "encoder_id", "kb_id", "run_id");

    /** The rows: those of {@code defect_trends}, without what is not known yet. */
    static final StructType SCHEMA = schema();

    /** Where a row's day stands. */
    static final int DAY = SCHEMA.fieldIndex("day");

    private final TrendSettings settings;
    private final TreeMap<Long, String> changes;

    /**
     * Rows by these settings.
     *
     * @param changes by days since 1970-01-01, what the release that counts from then on changed
     */
    SeriesRows(TrendSettings settings, Map<Long, String> changes) {
        this.settings = settings;
        this.changes = new TreeMap<>(changes);
    }

    private static StructType schema() {
        StructType schema = new StructType();
        for (StructField field : DefectTrendsTable.DEFINITION.schema().fields()) {
            schema = LATER.contains(field.name()) ? schema : schema.add(field);
        }
        return schema;
    }

    @Override
    public Iterator<Row> call(String place, Iterator<Row> counts) {
        Tallies tallies = new Tallies(counts);
        List<Row> rows = new ArrayList<>();
        for (String defect : tallies.defects) {
            rows.addAll(tallies.rows(defect));
        }
        return rows.iterator();
    }

    /** The counts of one day of a place. */
    private static final class Tally {
        private long inspected;
        private long abstained;
        private long defective;
        private final Map<String, Long> defects = new HashMap<>();

        long count(String defect) {
            return defect.equals(DefectTrendsTable.ANY) ? defective : defects.getOrDefault(defect, 0L);
        }
    }

    /** The counts of all days of a place. */
    private final class Tallies {
        private final TreeMap<Long, Tally> days = new TreeMap<>();
        private final SortedSet<String> defects = new TreeSet<>(List.of(DefectTrendsTable.ANY));
        private Row place;

        Tallies(Iterator<Row> counts) {
            counts.forEachRemaining(this::add);
        }

        private void add(Row row) {
            place = row;
            long day = row.<LocalDate>getAs("day").toEpochDay();
            Tally tally = days.computeIfAbsent(day, none -> new Tally());
            long defective = row.<Long>getAs("defective");
            tally.inspected += row.<Long>getAs("inspected");
            tally.abstained += row.<Long>getAs("abstained");
            tally.defective += defective;
            String defect = row.getAs("defect");
            if (defect != null) {
                defects.add(defect);
                tally.defects.merge(defect, defective, Long::sum);
            }
        }

        List<Row> rows(String defect) {
            List<DayCount> counts = new ArrayList<>();
            days.forEach((day, tally) -> counts.add(new DayCount(day, tally.inspected, tally.count(defect))));
            boolean any = defect.equals(DefectTrendsTable.ANY);
            List<Row> rows = new ArrayList<>();
            long lastSeen = Long.MIN_VALUE / 2;
            for (TrendDay day : Series.trend(counts, settings)) {
                lastSeen = day.counts().count() > 0 ? day.counts().day() : lastSeen;
                if (any || day.counts().day() - lastSeen < settings.windowDays()) {
                    rows.add(row(defect, day));
                }
            }
            return rows;
        }

        private Row row(String defect, TrendDay trend) {
            long day = trend.counts().day();
            Tally tally = days.get(day);
            return RowFactory.create(
                    place.getAs("grain"),
                    LocalDate.ofEpochDay(day),
                    place.getAs("product"),
                    place.getAs("site"),
                    place.getAs("line"),
                    place.getAs("lot"),
                    defect,
                    tally.inspected,
                    tally.abstained,
                    tally.defective,
                    trend.counts().count(),
                    known(trend.rate().value()),
                    known(trend.rate().low()),
                    known(trend.rate().high()),
                    known(trend.baseline().rate()),
                    trend.baseline().n(),
                    trend.baseline().count(),
                    trend.recent().n(),
                    trend.recent().count(),
                    known(trend.control().low()),
                    known(trend.control().high()),
                    known(trend.average().value()),
                    known(trend.average().limits().low()),
                    known(trend.average().limits().high()),
                    known(trend.comparison().z()),
                    known(trend.comparison().pValue()),
                    change(day));
        }

        /** The latest change that this day of the place is the first day of, as far back as anything decides. */
        private String change(long day) {
            Long before = days.lowerKey(day);
            Map.Entry<Long, String> change = changes.floorEntry(day);
            boolean first = change != null && (before == null || before < change.getKey());
            return first && day - change.getKey() < settings.windowDays() ? change.getValue() : null;
        }
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}

package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.blemish.jobs.report.Timeline.Line;
import io.blemish.jobs.report.Timeline.Point;
import io.blemish.jobs.report.Timeline.Series;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts defects by time and site, in periods so long that a site has some photographs in each. */
final class TimelineQuery {
    private static final int MOST_SITES = 4;
    private static final int MOST_DEFECTS = 10;
    private static final int MOST_PERIODS = 60;
    private static final int FEWEST_PERIODS = 3;

    /** Fewer photographs of a site in a period tell nothing of a share. */
    private static final int FEWEST_IMAGES = 8;

    /** A day, a week, and multiples of the week. */
    private static final int[] DAYS = {1, 7, 14, 28, 56, 112, 364};

    private TimelineQuery() {}

    /** The timeline; empty when too little is known of when the photographs were taken. */
    static Optional<Timeline> timeline(Cells cells) {
        Dataset<Row> dated = cells.inspected().where(col("day").isNotNull());
        Row span = dated.agg(min("day"), max("day"), sum("images")).first();
        List<String> sites = top("site", dated, MOST_SITES);
        List<String> defects = top("defect", dated.where(col("defective")), MOST_DEFECTS);
        if (span.isNullAt(0) || defects.isEmpty()) {
            return Optional.empty();
        }
        LocalDate first = span.getLocalDate(0);
        long length = ChronoUnit.DAYS.between(first, span.getLocalDate(1)) + 1;
        int days = days(length, span.getLong(2), sites.size());
        int periods = (int) ((length + days - 1) / days);
        if (periods < FEWEST_PERIODS) {
            return Optional.empty();
        }
        Column period = floor(datediff(col("day"), lit(first)).divide(days)).cast("int");
        Dataset<Row> placed = dated.where(col("site").isin(sites.toArray())).withColumn("period", period);
        return Optional.of(new Timeline(first, days, sites, lines(placed, sites, defects, periods)));
    }

    /** The shortest periods in which a site has enough photographs, on average; else the longest that are enough. */
    private static int days(long length, long images, int sites) {
        int chosen = DAYS[0];
        for (int days : DAYS) {
            long periods = (length + days - 1) / days;
            if (periods < FEWEST_PERIODS) {
                return chosen;
            }
            chosen = days;
            if (periods <= MOST_PERIODS && images >= FEWEST_IMAGES * periods * sites) {
                return chosen;
            }
        }
        return chosen;
    }

    private static List<Line> lines(Dataset<Row> placed, List<String> sites, List<String> defects, int periods) {
        Map<Place, Long> inspected = new HashMap<>();
        for (Row row : placed.groupBy("site", "period").agg(sum("images")).collectAsList()) {
            inspected.put(new Place(row.getString(0), row.getInt(1)), row.getLong(2));
        }
        Map<Occurrence, Long> counts = new HashMap<>();
        Dataset<Row> defective = placed.where(col("defective"));
        for (Row row :
                defective.groupBy("defect", "site", "period").agg(sum("images")).collectAsList()) {
            Place place = new Place(row.getString(1), row.getInt(2));
            counts.put(new Occurrence(row.getString(0), place), row.getLong(3));
        }
        List<Line> lines = new ArrayList<>();
        for (String defect : defects) {
            List<Series> series = new ArrayList<>();
            for (String site : sites) {
                List<Point> points = new ArrayList<>();
                for (int period = 0; period < periods; period++) {
                    Place place = new Place(site, period);
                    points.add(new Point(
                            inspected.getOrDefault(place, 0L), counts.getOrDefault(new Occurrence(defect, place), 0L)));
                }
                series.add(new Series(points));
            }
            lines.add(new Line(defect, series));
        }
        return lines;
    }

    /** A site in a period. */
    private record Place(String site, int period) {}

    /** A defect at a site in a period. */
    private record Occurrence(String defect, Place place) {}

    private static List<String> top(String column, Dataset<Row> cells, int most) {
        return Cells.by(column, cells).stream().limit(most).map(Count::name).toList();
    }
}

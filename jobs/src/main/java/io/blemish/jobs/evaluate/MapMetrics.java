package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.blemish.metrics.Estimate;
import io.blemish.udfs.MapScorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well heat maps find defects, by method: over all pairs of image and defect, over the defects, and for each defect.
 *
 * <p>The pointing game counts every pair; a defect without a stored map is a miss. The other measures look at covered
 * pairs alone, the null maps' too, so that all methods are compared on the same masks.
 */
final class MapMetrics {
    /** The order in which methods are shown: those of the model first, then what they have to beat. */
    static final List<String> METHODS =
            List.of("relevance", "gradcam", "clipcap-xai", MapScorer.ATTENTION, MapScorer.CENTRE, MapScorer.RANDOM);

    /** Measures that are means, with the columns that hold them. */
    private static final Map<String, String> MEANS = new TreeMap<>(Map.of(
            "energy_inside", "energy",
            "iou_half", "iou_half",
            "iou_best", "iou_best",
            "pixel_auroc", "auroc"));

    private MapMetrics() {}

    /** Sums over some pairs by one method. */
    private static final class Tally {
        private long pairs;
        private long hits;
        private long near;
        private final Map<String, Moments> moments = new TreeMap<>();

        void add(Tally other) {
            pairs += other.pairs;
            hits += other.hits;
            near += other.near;
            other.moments.forEach((metric, more) -> moments.merge(metric, more, Moments::plus));
        }

        Map<String, Estimate> estimates() {
            Map<String, Estimate> estimates = new TreeMap<>();
            estimates.put("pointing_game", Estimate.share(hits, pairs));
            estimates.put("pointing_game_15px", Estimate.share(near, pairs));
            moments.forEach((metric, sums) -> estimates.put(metric, sums.mean()));
            return estimates;
        }
    }

    /** Sums over observations. */
    private record Moments(long n, double sum, double squares) {
        Moments plus(Moments other) {
            return new Moments(n + other.n, sum + other.sum, squares + other.squares);
        }

        Estimate mean() {
            return Estimate.mean(sum, squares, n);
        }
    }

    /**
     * Adds the measures.
     *
     * @param scores of {@link MapScorer#OUTPUT}, persisted
     * @return how many pairs were measured
     */
    static long add(Dataset<Row> scores, Findings findings) {
        Dataset<Row> measured = scores.where(col("status").equalTo(MapScorer.OK));
        Map<String, Map<String, Tally>> tallies = tallies(measured);
        List<String> methods = new ArrayList<>(tallies.keySet());
        methods.sort(Comparator.comparingInt(METHODS::indexOf));
        methods.forEach(method -> add(method, tallies.get(method), findings));
        return addPairs(measured.where(col("method").equalTo(MapScorer.RANDOM)), findings);
    }

    private static Map<String, Map<String, Tally>> tallies(Dataset<Row> measured) {
        List<Column> sums = new ArrayList<>(List.of(count_if(col("hit")), count_if(col("near"))));
        for (String column : MEANS.values()) {
            Column counted = when(col("covered"), col(column));
            sums.addAll(List.of(count(counted), sum(counted), sum(counted.multiply(counted))));
        }
        Map<String, Map<String, Tally>> tallies = new TreeMap<>();
        for (Row row : measured.groupBy("method", "defect")
                .agg(count(lit(1)), sums.toArray(new Column[0]))
                .collectAsList()) {
            Tally tally = new Tally();
            tally.pairs = row.getLong(2);
            tally.hits = row.getLong(3);
            tally.near = row.getLong(4);
            int at = 5;
            for (String metric : MEANS.keySet()) {
                boolean any = row.getLong(at) > 0;
                tally.moments.put(
                        metric,
                        new Moments(row.getLong(at), any ? row.getDouble(at + 1) : 0, any ? row.getDouble(at + 2) : 0));
                at += 3;
            }
            tallies.computeIfAbsent(row.getString(0), none -> new TreeMap<>()).put(row.getString(1), tally);
        }
        return tallies;
    }

    private static void add(String method, Map<String, Tally> byDefect, Findings findings) {
        Tally all = new Tally();
        Map<String, List<Estimate>> each = new TreeMap<>();
        byDefect.forEach((defect, tally) -> {
            all.add(tally);
            tally.estimates().forEach((metric, estimate) -> {
                if (!defect.equals(MapScorer.SOME_DEFECT)) {
                    each.computeIfAbsent(metric, none -> new ArrayList<>()).add(estimate);
                }
            });
        });
        all.estimates().forEach((metric, estimate) -> findings.add(metric, Findings.ALL, null, method, estimate));
        each.forEach(
                (metric, estimates) -> findings.add(metric, Findings.MEAN, null, method, Estimate.macro(estimates)));
        byDefect.forEach((defect, tally) -> tally.estimates()
                .forEach((metric, estimate) -> findings.add(metric, Findings.defect(defect), null, method, estimate)));
    }

    /** Adds what does not depend on the method. */
    private static long addPairs(Dataset<Row> pairs, Findings findings) {
        Row all = pairs.agg(count(lit(1)), count_if(col("covered")), avg("mask_share"))
                .first();
        long n = all.getLong(0);
        if (n > 0) {
            findings.add("map_coverage", Findings.ALL, Estimate.share(all.getLong(1), n));
            findings.add("mask_share", Findings.ALL, Estimate.bare(all.getDouble(2), n));
        }
        for (Row row : pairs.groupBy("defect")
                .agg(count(lit(1)), count_if(col("covered")), avg("mask_share"))
                .orderBy("defect")
                .collectAsList()) {
            String slice = Findings.defect(row.getString(0));
            findings.add("map_coverage", slice, Estimate.share(row.getLong(2), row.getLong(1)));
            findings.add("mask_share", slice, Estimate.bare(row.getDouble(3), row.getLong(1)));
        }
        return n;
    }
}

package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.blemish.metrics.Estimate;
import io.blemish.udfs.Explainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Insertion and deletion, by method: means over pairs of image and defect. */
final class CurveMetrics {
    /** The measures, with the columns that hold them. */
    private static final Map<String, String> MEASURES = new TreeMap<>(Map.of(
            "insertion_auc", "insertion",
            "deletion_auc", "deletion",
            "insertion_auc_cosine", "insertion_cosine",
            "deletion_auc_cosine", "deletion_cosine"));

    private CurveMetrics() {}

    /**
     * Measures the pairs.
     *
     * @param pairs {@code image_id, defect}
     * @param images the rows of {@code images}
     */
    static void add(Explainer curves, Dataset<Row> pairs, Dataset<Row> images, Findings findings) {
        Dataset<Row> wanted =
                pairs.groupBy("image_id").agg(collect_list("defect").as(Explainer.WANTED));
        List<Column> sums = new ArrayList<>();
        for (String column : MEASURES.values()) {
            sums.addAll(List.of(sum(column), sum(col(column).multiply(col(column)))));
        }
        List<Row> rows = new ArrayList<>(curves.rows(images.join(broadcast(wanted), "image_id"))
                .groupBy("method")
                .agg(count(lit(1)), sums.toArray(new Column[0]))
                .collectAsList());
        rows.sort(Comparator.comparingInt(row -> MapMetrics.METHODS.indexOf(row.getString(0))));
        for (Row row : rows) {
            int at = 2;
            for (String metric : MEASURES.keySet()) {
                Estimate mean = Estimate.mean(row.getDouble(at), row.getDouble(at + 1), row.getLong(1));
                findings.add(metric, Findings.ALL, null, row.getString(0), mean);
                at += 2;
            }
        }
    }
}

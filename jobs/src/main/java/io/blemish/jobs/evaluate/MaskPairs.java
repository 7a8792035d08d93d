package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.blemish.image.Orientation;
import io.blemish.udfs.InspectionSchema;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row for each image and defect that has both a mask and an inspection with heat maps: what {@link
 * io.blemish.udfs.MapScorer} reads.
 */
final class MaskPairs {
    /** From this EXIF orientation on, width and height change places. */
    private static final int FIRST_ON_ITS_SIDE = 5;

    private MaskPairs() {}

    /**
     * The pairs.
     *
     * @param masks of {@link Truths#masks}
     * @param inspections of {@link Subject#oneForEachImage}
     * @param images the rows of {@code images}
     * @param orientation whether photographs are turned upright
     * @param attention {@code image_id} and {@code attention}, where a model made it
     */
    static Dataset<Row> of(
            Dataset<Row> masks,
            Dataset<Row> inspections,
            Dataset<Row> images,
            Orientation orientation,
            Optional<Dataset<Row>> attention) {
        boolean turned = orientation == Orientation.APPLY;
        Column onItsSide = col("orientation").geq(FIRST_ON_ITS_SIDE).and(lit(turned));
        Dataset<Row> sizes = images.select(
                col("image_id"),
                when(onItsSide, col("height")).otherwise(col("width")).as("width"),
                when(onItsSide, col("width")).otherwise(col("height")).as("height"));
        Dataset<Row> pairs = masks.join(explained(inspections), "image_id").join(sizes, "image_id");
        if (attention.isEmpty()) {
            return pairs.withColumn("attention", lit(null).cast(InspectionSchema.EMBEDDING));
        }
        Dataset<Row> known = attention.get().withColumnRenamed("image_id", "attended_id");
        return pairs.join(known, col("image_id").equalTo(col("attended_id")), "left_outer");
    }

    private static Dataset<Row> explained(Dataset<Row> inspections) {
        Column defects = filter(col("top"), one -> one.getField("defect"));
        return inspections
                .where(size(col("maps")).gt(0))
                .select(
                        col("image_id"),
                        col("region"),
                        transform(defects, one -> one.getField("description")).as("ranking"),
                        col("maps"),
                        col("map_rows"),
                        col("map_cols"));
    }
}

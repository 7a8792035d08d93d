package io.blemish.jobs.truth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the images that truths speak of. */
public final class ImageLookup {
    private ImageLookup() {}

    /**
     * The rows with {@code image_id} and the image's {@code width, height, orientation}, all null when the warehouse does
     * not know the image. A file that was ingested in several versions means its latest one.
     *
     * @param rows of {@link TruthFile#SCHEMA}
     */
    public static Dataset<Row> join(Dataset<Row> rows, Warehouse warehouse) {
        Dataset<Row> files = warehouse
                .read(FilesTable.DEFINITION)
                .where(col("status").equalTo(FilesTable.OK))
                .groupBy("uri")
                .agg(max_by(col("image_id"), struct(col("modified_at"), col("ingested_at"), col("image_id")))
                        .as("found_id"));
        Dataset<Row> images = warehouse
                .read(ImagesTable.DEFINITION)
                .select(col("image_id"), col("width"), col("height"), col("orientation"));
        return rows.join(files, rows.col("uri").equalTo(files.col("uri")), "left_outer")
                .drop(files.col("uri"))
                .withColumn("wanted_id", coalesce(col("given_id"), col("found_id")))
                .join(images, col("wanted_id").equalTo(col("image_id")), "left_outer")
                .drop("wanted_id", "found_id", "given_id");
    }
}

package io.blemish.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.max;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code truths}: what people or instruments say about images. Append-only; written by {@code truth import} alone.
 *
 * <p>All that one import says about an image, a kind and a source is a statement: the rows of one
 * {@code statement_id}, which is a hash of what they say. A statement replaces the older ones of its source on the same
 * image and kind as a whole: the view {@code current_truths} shows, for each image, kind and source, the statement with
 * the latest {@code stated_at}.
 */
public final class TruthsTable {
    public static final String NAME = "truths";

    /** {@code kind} of a defect's name, or of {@code sound}; an image with several defects has several rows. */
    public static final String LABEL = "label";

    /** {@code kind} of a severity. */
    public static final String SEVERITY = "severity";

    /** {@code kind} of a sentence about the image; an image may have several. */
    public static final String CAPTION = "caption";

    /** {@code kind} of a picture that shows where a defect is. */
    public static final String MASK = "mask";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each thing said of an image")
            .required("image_id", DataTypes.StringType, "SHA-256 of the image's bytes in hexadecimal")
            .required("kind", DataTypes.StringType, "label, severity, caption or mask")
            .required("source", DataTypes.StringType, "Who or what says so: by default the name of the imported file")
            .required("stated_at", DataTypes.TimestampType, "When it was said, UTC; by default when it was imported")
            .optional("author", DataTypes.StringType, "The person who said so")
            .required("statement_id", DataTypes.StringType, "Hash of all that was said together, in hexadecimal")
            .required("run_id", DataTypes.StringType, "The import that wrote the row, as in runs")
            .wide(
                    "value",
                    DataTypes.StringType,
                    "The label, the severity, the caption, or the defect that a mask shows")
            .wide(
                    "mask_uri",
                    DataTypes.StringType,
                    "Where the mask lies, as large as the upright photograph; null but for masks")
            .wide(
                    "mask_colour",
                    DataTypes.StringType,
                    "RRGGBB: only pixels of this colour count; null: all that are not black")
            .key("image_id", "kind", "source", "statement_id", "run_id", "value", "mask_uri", "mask_colour")
            .build();

    private TruthsTable() {}

    /**
     * The rows that count: of each image, kind and source those of the newest statement. A statement that a later import
     * made again, after another one, counts by its later time.
     */
    public static Dataset<Row> current(Dataset<Row> truths) {
        WindowSpec statement = Window.partitionBy("image_id", "kind", "source", "statement_id", "run_id");
        WindowSpec newest = Window.partitionBy("image_id", "kind", "source")
                .orderBy(col("said_at").desc(), col("statement_id"), col("run_id"));
        return truths.withColumn("said_at", max("stated_at").over(statement))
                .withColumn("age", dense_rank().over(newest))
                .where(col("age").equalTo(1))
                .drop("said_at", "age");
    }
}

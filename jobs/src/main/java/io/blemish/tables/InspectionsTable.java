package io.blemish.tables;

import io.blemish.udfs.InspectionSchema;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code inspections}: one row for each image, encoder, captioner and knowledge base, with everything that was learned
 * from one look at the photograph. Append-only, in atomic chunks, by the one driver that holds the claim on these
 * three.
 *
 * <p>An image that could not be inspected has a row too: {@code status} is {@code failed}, {@code error} says why, and
 * everything that a model would have filled is null.
 */
public final class InspectionsTable {
    public static final String NAME = "inspections";

    /** {@code captioner_id} of rows made without captions. */
    public static final String NO_CAPTIONER = "none";

    /** {@code status} of an image that was inspected. */
    public static final String OK = "ok";

    /** {@code status} of an image that could not be inspected. */
    public static final String FAILED = "failed";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each image, encoder, captioner and knowledge base")
            .required("image_id", DataTypes.StringType, "SHA-256 of the image's bytes in hexadecimal")
            .required("uri", DataTypes.StringType, "The image's first file, as in images")
            .optional("product", DataTypes.StringType, "What is shown")
            .optional("site", DataTypes.StringType, "Plant")
            .optional("line", DataTypes.StringType, "Production line")
            .optional("lot", DataTypes.StringType, "Lot or batch")
            .optional("captured_at", DataTypes.TimestampType, "When the photograph was taken, UTC")
            .required(
                    "encoder_id",
                    DataTypes.StringType,
                    "Fingerprint of the CLIP checkpoint, its precision and preprocessing")
            .required("captioner_id", DataTypes.StringType, "Fingerprint of the captioner; none without one")
            .required("kb_id", DataTypes.StringType, "The knowledge base, as in knowledge_bases")
            .required("run_id", DataTypes.StringType, "The run that wrote the row, as in runs")
            .required("part", DataTypes.LongType, "The part of images that the image lies in")
            .required("status", DataTypes.StringType, "ok or failed")
            .required("inspected_at", DataTypes.TimestampType, "When the inspection of the row's chunk began, UTC")
            .wide("defective", DataTypes.BooleanType, "P(defective) reaches the threshold")
            .optional("defect", DataTypes.StringType, "The most probable defect; null when sound")
            .optional("severity", DataTypes.StringType, "Severity band of that defect; null when sound")
            .optional("margin", DataTypes.DoubleType, "Best defect logit - best sound logit")
            .optional(
                    "verdict",
                    DataTypes.StringType,
                    "review, or what the first matching rule of the knowledge base says")
            .optional("caption_logprob", DataTypes.DoubleType, "Log probability of the caption")
            .optional("clip_score", DataTypes.DoubleType, "CLIPScore of the caption against the image, 0 to 2.5")
            .wide("error", DataTypes.StringType, "Why the inspection failed: a code, a colon and the reason")
            .wide("summary", DataTypes.StringType, "One sentence about the image")
            .wide("caption", DataTypes.StringType, "The best caption; null without a captioner")
            .wide("top", InspectionSchema.TOP, "The most probable descriptions, best first")
            .wide("captions", InspectionSchema.CAPTIONS, "All captions, best first; null without a captioner")
            .wide("maps", InspectionSchema.MAPS, "Heat maps of the top descriptions, by method, best first")
            .wide("map_rows", DataTypes.IntegerType, "Rows of patches in each heat map")
            .wide("map_cols", DataTypes.IntegerType, "Columns of patches in each heat map")
            .wide(
                    "region",
                    InspectionSchema.REGION,
                    "What the model saw and the maps cover, in pixels of the upright photograph")
            .wide(
                    "embedding",
                    InspectionSchema.EMBEDDING,
                    "Embedding of the image, not normalised; null on rows made by relabel")
            .key("image_id", "encoder_id", "captioner_id", "kb_id")
            .clusteredBy("captured_at", "site", "product", "defect")
            .build();

    private InspectionsTable() {}
}

package io.blemish.udfs;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that {@link Inspector} reads and writes, and the nested types of the table {@code inspections}. Delta allows
 * no required fields inside of arrays, so all nested fields are nullable; none is null but {@code severity}.
 */
public final class InspectionSchema {
    /** The top k descriptions, most probable first: {@code defect} tells a defect from a sound state. */
    public static final ArrayType TOP = DataTypes.createArrayType(
            new StructType()
                    .add("description", DataTypes.StringType)
                    .add("defect", DataTypes.BooleanType)
                    .add("probability", DataTypes.DoubleType)
                    .add("similarity", DataTypes.DoubleType)
                    .add("severity", DataTypes.StringType),
            false);

    /** The captions of an image, best first. */
    public static final ArrayType CAPTIONS = DataTypes.createArrayType(
            new StructType().add("text", DataTypes.StringType).add("logprob", DataTypes.DoubleType), false);

    /** Heat maps: {@code grid} holds {@code map_rows × map_cols} values by rows, in the unit of the method. */
    public static final ArrayType MAPS = DataTypes.createArrayType(
            new StructType()
                    .add("description", DataTypes.StringType)
                    .add("method", DataTypes.StringType)
                    .add("grid", DataTypes.createArrayType(DataTypes.FloatType)),
            false);

    /** A rectangle in pixels of the upright photograph. */
    public static final StructType REGION = new StructType()
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("width", DataTypes.DoubleType)
            .add("height", DataTypes.DoubleType);

    /** An embedding as the projection gives it, not normalised. */
    public static final ArrayType EMBEDDING = DataTypes.createArrayType(DataTypes.FloatType, false);

    /** The columns of {@code images} that are handed through unchanged, in order. */
    static final StructType METADATA = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("uri", DataTypes.StringType, false)
            .add("product", DataTypes.StringType)
            .add("site", DataTypes.StringType)
            .add("line", DataTypes.StringType)
            .add("lot", DataTypes.StringType)
            .add("captured_at", DataTypes.TimestampType)
            .add("part", DataTypes.LongType, false);

    /**
     * The columns that {@link Inspector} reads, in order: the metadata, and the bytes, null where the image is kept by
     * reference.
     */
    public static final StructType INPUT = METADATA.add("content", DataTypes.BinaryType);

    /**
     * The columns that {@link Inspector} writes, in order: the metadata and what it learned. {@code verdict} holds what
     * the label says of itself ({@code review} or null); the rules of the knowledge base are asked afterwards, by
     * {@link VerdictRules}.
     */
    public static final StructType OUTPUT = METADATA.add("status", DataTypes.StringType, false)
            .add("error", DataTypes.StringType)
            .add("defective", DataTypes.BooleanType)
            .add("defect", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("margin", DataTypes.DoubleType)
            .add("verdict", DataTypes.StringType)
            .add("summary", DataTypes.StringType)
            .add("top", TOP)
            .add("maps", MAPS)
            .add("map_rows", DataTypes.IntegerType)
            .add("map_cols", DataTypes.IntegerType)
            .add("region", REGION)
            .add("embedding", EMBEDDING)
            .add("caption", DataTypes.StringType)
            .add("caption_logprob", DataTypes.DoubleType)
            .add("clip_score", DataTypes.DoubleType)
            .add("captions", CAPTIONS);

    /**
     * The columns that {@link Relabeller} reads, in order: what stays as it is when an image is labelled anew, captions last, and the
     * embedding.
     */
    public static final StructType STORED = METADATA.add("status", DataTypes.StringType, false)
            .add("error", DataTypes.StringType)
            .add("caption", DataTypes.StringType)
            .add("caption_logprob", DataTypes.DoubleType)
            .add("clip_score", DataTypes.DoubleType)
            .add("captions", CAPTIONS)
            .add("embedding", EMBEDDING);

    private InspectionSchema() {}
}

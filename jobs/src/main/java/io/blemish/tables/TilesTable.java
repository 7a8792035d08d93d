package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code tiles}: heat maps drawn over their photographs. One row for each image, encoder, knowledge base, method and
 * description, and one that combines the descriptions. Append-only; drawn from committed grids by {@code tiles} alone.
 */
public final class TilesTable {
    public static final String NAME = "tiles";

    /** {@code rank} of the tile that combines the descriptions. */
    public static final int COMBINED = 0;

    /** A place in the upright photograph, in pixels. */
    public static final StructType PEAK =
            new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each heat map drawn over its photograph")
            .required("image_id", DataTypes.StringType, "SHA-256 of the image's bytes in hexadecimal")
            .required("encoder_id", DataTypes.StringType, "The encoder, as in inspections")
            .required("kb_id", DataTypes.StringType, "The knowledge base, as in inspections")
            .required("method", DataTypes.StringType, "How relevance was computed: relevance, gradcam or clipcap-xai")
            .required("rank", DataTypes.IntegerType, "1 for the most probable description; 0 combines them all")
            .optional("description", DataTypes.StringType, "The description; null on the combined tile")
            .optional("probability", DataTypes.DoubleType, "Its probability; null on the combined tile")
            .required("run_id", DataTypes.StringType, "The run that drew the tile, as in runs")
            .wide("peak", PEAK, "Where relevance is highest, in pixels of the upright photograph; null when it is flat")
            .wide("png", DataTypes.BinaryType, "The tile, a PNG")
            .uncompressed()
            .key("image_id", "encoder_id", "kb_id", "method", "rank")
            .clusteredBy("image_id")
            .build();

    private TilesTable() {}
}

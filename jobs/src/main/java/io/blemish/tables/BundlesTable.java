package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/** {@code bundles}: every model that was ever used, with its card. Append-only. */
public final class BundlesTable {
    public static final String NAME = "bundles";

    /** The kind of what embeds images and texts. */
    public static final String ENCODER = "encoder";

    /** The kind of what writes captions. */
    public static final String CAPTIONER = "captioner";

    public static final TableDefinition DEFINITION = TableDefinition.named(NAME, "One row for each model bundle used")
            .required(
                    "bundle_id",
                    DataTypes.StringType,
                    "encoder_id or captioner_id: a fingerprint of weights and settings")
            .required("kind", DataTypes.StringType, "encoder or captioner")
            .required("name", DataTypes.StringType, "Name of the checkpoint's folder")
            .required("first_used_at", DataTypes.TimestampType, "When the first run that used it began, UTC")
            .required("run_id", DataTypes.StringType, "The first run that used it")
            .wide("card", DataTypes.StringType, "Architecture, precision and preprocessing as JSON")
            .key("bundle_id")
            .build();

    private BundlesTable() {}
}

package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code knowledge_bases}: every pool of descriptions that was ever used, so that old labels can be explained.
 * Append-only.
 */
public final class KnowledgeBasesTable {
    public static final String NAME = "knowledge_bases";

    public static final TableDefinition DEFINITION = TableDefinition.named(NAME, "One row for each knowledge base used")
            .required("kb_id", DataTypes.StringType, "SHA-256 of the canonical content in hexadecimal")
            .required("name", DataTypes.StringType, "The knowledge base's own name; one name stands for one content")
            .required("first_used_at", DataTypes.TimestampType, "When the first run that used it began, UTC")
            .required("run_id", DataTypes.StringType, "The first run that used it")
            .wide("content", DataTypes.StringType, "The canonical content as JSON")
            .key("kb_id")
            .build();

    private KnowledgeBasesTable() {}
}

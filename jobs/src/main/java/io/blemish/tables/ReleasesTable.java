package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code releases}: what analysts were told to look at, and since when. One row for each promotion; the newest counts:
 * the views {@code current_…}, {@code trends} and {@code report} read it. Before any promotion that is the only pair of
 * encoder and knowledge base there is. Append-only; written by {@code promote} alone.
 */
public final class ReleasesTable {
    public static final String NAME = "releases";

    public static final TableDefinition DEFINITION = TableDefinition.named(NAME, "One row for each promotion")
            .required("encoder_id", DataTypes.StringType, "The encoder, as in inspections")
            .required("captioner_id", DataTypes.StringType, "The captioner, as in inspections; none without one")
            .required("kb_id", DataTypes.StringType, "The knowledge base, as in inspections")
            .required("promoted_at", DataTypes.TimestampType, "When it was promoted, UTC")
            .required("author", DataTypes.StringType, "Who promoted it")
            .required("run_id", DataTypes.StringType, "The run that promoted it, as in runs")
            .key("run_id")
            .build();

    private ReleasesTable() {}
}

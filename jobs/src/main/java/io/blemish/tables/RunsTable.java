package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code runs}: one row for each event of a job run. Append-only: a run appends {@code started}, then {@code heartbeat}
 * from time to time, then {@code finished} or {@code failed}. A run that ends without either was killed. The view
 * {@code current_runs} shows the latest event of each.
 */
public final class RunsTable {
    public static final String NAME = "runs";

    public static final TableDefinition DEFINITION = TableDefinition.named(NAME, "One row for each event of a job run")
            .required("run_id", DataTypes.StringType, "The run")
            .required("job", DataTypes.StringType, "The job, as on the command line")
            .required("state", DataTypes.StringType, "started, heartbeat, finished or failed")
            .required("at", DataTypes.TimestampType, "When the event happened, UTC")
            .optional("input_table", DataTypes.StringType, "The table that the run reads")
            .optional("input_version", DataTypes.LongType, "The version of that table, pinned for the whole run")
            .optional(
                    "images_per_second",
                    DataTypes.DoubleType,
                    "Images done by the wall clock from the start of the run")
            .optional("message", DataTypes.StringType, "Why the run failed")
            .wide("ids", Types.STRINGS, "Identities of what the run used: encoder_id, captioner_id, kb_id")
            .wide("counts", Types.COUNTS, "How many rows, files or images ended how")
            .wide("stage_seconds", Types.MEASURES, "Seconds by stage of the job")
            .wide("host", Types.STRINGS, "The driver's machine, Java, Spark and master")
            .wide("configuration", DataTypes.StringType, "Every key and its value as JSON, secrets redacted")
            .build();

    private RunsTable() {}
}

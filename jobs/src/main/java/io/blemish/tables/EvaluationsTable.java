package io.blemish.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code evaluations}: how good the inspections of an encoder by a knowledge base are, measured against {@code truths}.
 * One row for each metric, slice and method of a run of {@code evaluate}, which appends all of its rows at once.
 *
 * <p>Slices: {@code all}; {@code mean}, in which each defect counts alike; {@code defect:NAME}; {@code label:NAME};
 * {@code bin:KK} of a calibration; {@code captioner:ID}. The view {@code current_evaluations} shows the newest run of each encoder and
 * knowledge base.
 */
public final class EvaluationsTable {
    public static final String NAME = "evaluations";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each metric, slice and method of an evaluation")
            .required("run_id", DataTypes.StringType, "The evaluation, as in runs")
            .required("encoder_id", DataTypes.StringType, "The encoder, as in inspections")
            .required("kb_id", DataTypes.StringType, "The knowledge base, as in inspections")
            .required("metric", DataTypes.StringType, "What is measured")
            .required("slice", DataTypes.StringType, "Of which images or pairs of image and defect")
            .optional(
                    "detail", DataTypes.StringType, "The predicted label of a confusion, the range of a bin; else null")
            .optional(
                    "method",
                    DataTypes.StringType,
                    "How the heat maps were made, or what was said in place of a captioner's caption; else null")
            .optional("value", DataTypes.DoubleType, "The measure; null where n does not suffice for one")
            .optional("low", DataTypes.DoubleType, "Lower end of the 95 % interval; null where none is given")
            .optional("high", DataTypes.DoubleType, "Upper end of that interval")
            .required("n", DataTypes.LongType, "Images, pairs or predictions that were measured")
            .required("at", DataTypes.TimestampType, "When the evaluation began, UTC")
            .key("run_id", "metric", "slice", "detail", "method")
            .build();

    private EvaluationsTable() {}

    /** The rows of the newest evaluation of each encoder and knowledge base. */
    public static Dataset<Row> current(Dataset<Row> evaluations) {
        WindowSpec newest =
                Window.partitionBy("encoder_id", "kb_id").orderBy(col("at").desc(), col("run_id"));
        return evaluations
                .withColumn("age", dense_rank().over(newest))
                .where(col("age").equalTo(1))
                .drop("age");
    }
}

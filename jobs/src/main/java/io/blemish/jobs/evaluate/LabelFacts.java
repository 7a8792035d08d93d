package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.blemish.udfs.DefectiveProbability;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * One row for each image that has both a label among the truths and an inspection.
 *
 * <p>What is true: {@code defects}, {@code sound}, {@code known} (sound, or the defects have names). What was called:
 * {@code called_defective}, {@code called} (the defect, null when called sound), {@code first_defect} (the most probable
 * defect, whatever the image was called), {@code best_probability} of the most probable description and {@code
 * best_right}, whether that one is true; {@code margin}; and {@code p_defective}, null when it cannot be computed.
 */
public final class LabelFacts {
    private LabelFacts() {}

    /**
     * The facts.
     *
     * @param labels of {@link Truths#labels}, without contradictory ones
     * @param inspections of {@link Subject#oneForEachImage}
     * @param probability computes P(defective) from an embedding, when the checkpoint is at hand
     */
    public static Dataset<Row> of(
            Dataset<Row> labels, Dataset<Row> inspections, Optional<DefectiveProbability> probability) {
        Column best = get(col("top"), lit(0));
        Column bestRight = when(best.getField("defect"), array_contains(col("defects"), best.getField("description")))
                .otherwise(col("sound"));
        Column defective = probability
                .map(compute -> udf(compute, DataTypes.DoubleType).apply(col("embedding")))
                .orElse(lit(null).cast("double"));
        return labels.join(inspections, "image_id")
                .select(
                        col("image_id"),
                        col("defects"),
                        col("sound"),
                        col("somehow"),
                        col("sound").or(size(col("defects")).gt(0)).as("known"),
                        col("defective").as("called_defective"),
                        col("defect").as("called"),
                        get(filter(col("top"), one -> one.getField("defect")), lit(0))
                                .getField("description")
                                .as("first_defect"),
                        best.getField("probability").as("best_probability"),
                        bestRight.as("best_right"),
                        col("margin"),
                        defective.as("p_defective"));
    }

    /** Whether something is wrong with the image. */
    static Column defective() {
        return not(col("sound"));
    }

    /** Whether the column holds one of the image's defects; false when it is null. */
    static Column isTrueDefect(String column) {
        return coalesce(array_contains(col("defects"), col(column)), lit(false));
    }
}

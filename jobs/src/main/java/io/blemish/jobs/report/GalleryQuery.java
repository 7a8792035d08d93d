package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.blemish.jobs.report.Exhibit.Truth;
import io.blemish.knowledge.Labeller;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Chooses the photographs that tell most: in turns one of each defect, the most severe first; a sound one; one that is
 * to be reviewed; and, where the truth is known, one that was mistaken. Nothing wide is read for it.
 */
final class GalleryQuery {
    private static final String MISTAKEN = "1 mistaken";
    private static final String DEFECT = "2 defect";
    private static final String IN_REVIEW = "3 review";
    private static final String SOUND = "4 sound";

    private final Subject subject;
    private final Optional<Dataset<Row>> truths;

    /**
     * A choice among the subject's inspections.
     *
     * @param truths {@code image_id} and an array {@code labels}, where truths are known
     */
    GalleryQuery(Subject subject, Optional<Dataset<Row>> truths) {
        this.subject = subject;
        this.truths = truths;
    }

    /**
     * The chosen images in the order in which they are shown.
     *
     * @param inspected without a failure
     * @param most images at most
     */
    List<Chosen> choose(Dataset<Row> inspected, int most) {
        Dataset<Row> candidates = withLabels(
                inspected.select("image_id", "part", "defective", "defect", "severity", "verdict", "margin"));
        Dataset<Row> placed = candidates
                .withColumn("kind", kind())
                .withColumn("rank", severityRank())
                .withColumn("certainty", abs(col("margin")));
        Column first = when(col("kind").equalTo(IN_REVIEW), col("certainty"))
                .otherwise(col("certainty").multiply(-1));
        Column isDefect = col("kind").equalTo(DEFECT);
        Column turn = row_number()
                .over(Window.partitionBy(col("kind"), when(isDefect, col("defect")))
                        .orderBy(when(isDefect, col("rank")), first, col("image_id")));
        return placed
                .withColumn("turn", turn)
                .where(col("turn").leq(most))
                .orderBy(col("turn"), col("kind"), col("rank"), col("image_id"))
                .limit(most)
                .orderBy(shown(), col("rank"), first, col("image_id"))
                .select("image_id", "part")
                .collectAsList()
                .stream()
                .map(row -> new Chosen(row.getString(0), row.getLong(1)))
                .toList();
    }

    /** An image, and the part of {@code images} that it lies in. */
    record Chosen(String imageId, long part) {}

    private Dataset<Row> withLabels(Dataset<Row> inspected) {
        if (truths.isEmpty()) {
            return inspected.withColumn("labels", lit(null).cast("array<string>"));
        }
        return inspected.join(truths.get().select("image_id", "labels"), new String[] {"image_id"}, "left_outer");
    }

    private static Column kind() {
        Column right = array_contains(col("labels"), coalesce(col("defect"), lit(Truth.SOUND)));
        return when(not(right), MISTAKEN)
                .when(col("verdict").equalTo(Labeller.REVIEW), IN_REVIEW)
                .when(col("defective"), DEFECT)
                .otherwise(SOUND);
    }

    /** 1 for the most severe band; 0 without a severity. */
    private Column severityRank() {
        Column scale = array(
                OverviewQuery.severities(subject).stream().map(functions::lit).toArray(Column[]::new));
        return coalesce(array_position(scale, col("severity")), lit(0L));
    }

    /** Defective ones stand first, then those to be reviewed, then sound ones, mistaken or not. */
    private static Column shown() {
        return when(col("verdict").equalTo(Labeller.REVIEW), 2)
                .when(col("defective"), 1)
                .otherwise(3);
    }
}

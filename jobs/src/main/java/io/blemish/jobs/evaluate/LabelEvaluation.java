package io.blemish.jobs.evaluate;

import static io.blemish.jobs.evaluate.LabelFacts.defective;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.metrics.Estimate;
import io.blemish.udfs.DefectiveProbability;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Everything that is measured of labels: how often they are right, how they rank, how probable they say they are. */
public final class LabelEvaluation {
    private final Dataset<Row> facts;
    private final boolean tellsSoundFromDefective;
    private final boolean hasProbability;

    private LabelEvaluation(Dataset<Row> facts, boolean tellsSoundFromDefective, boolean hasProbability) {
        this.facts = facts;
        this.tellsSoundFromDefective = tellsSoundFromDefective;
        this.hasProbability = hasProbability;
    }

    /**
     * The evaluation of labels.
     *
     * @param labels of {@link Truths#labels}, without contradictory ones
     * @param inspections of {@link Subject#oneForEachImage}
     * @param probability computes P(defective), when the checkpoint is at hand
     */
    public static LabelEvaluation of(
            Dataset<Row> labels,
            Dataset<Row> inspections,
            KnowledgeBase base,
            Optional<DefectiveProbability> probability) {
        return new LabelEvaluation(
                LabelFacts.of(labels, inspections, probability), base.hasSoundStates(), probability.isPresent());
    }

    /** Measures; how many images there are. */
    public long addTo(Findings findings) {
        Dataset<Row> kept = facts.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            if (kept.isEmpty()) {
                return 0;
            }
            long images = new LabelMetrics(kept, findings).add();
            Dataset<Row> named = kept.where(col("known"));
            CalibrationJob.add("label", CalibrationJob.of(named, col("best_probability"), col("best_right")), findings);
            // Without sound states everything is defective, and the margin lies between two defects.
            if (tellsSoundFromDefective) {
                findings.add("auroc_margin", Findings.ALL, roc(kept, "margin").area());
            }
            if (tellsSoundFromDefective && hasProbability) {
                addProbability(kept.where(col("p_defective").isNotNull()), findings);
            }
            return images;
        } finally {
            kept.unpersist();
        }
    }

    private static RocJob roc(Dataset<Row> facts, String score) {
        return RocJob.of(facts.where(col(score).isNotNull())
                .select(col(score).as("score"), defective().as("positive")));
    }

    private static void addProbability(Dataset<Row> facts, Findings findings) {
        RocJob roc = roc(facts, "p_defective");
        findings.add("auroc_probability", Findings.ALL, roc.area());
        findings.add(
                "best_threshold",
                Findings.ALL,
                Estimate.bare(roc.threshold(), roc.area().n()));
        CalibrationJob.add("defective", CalibrationJob.of(facts, col("p_defective"), defective()), findings);
        Column error = col("p_defective").minus(defective().cast("double"));
        Row brier = facts.agg(avg(error.multiply(error))).first();
        findings.add(
                "defective_brier",
                Findings.ALL,
                brier.isNullAt(0)
                        ? Estimate.nothing()
                        : Estimate.bare(brier.getDouble(0), roc.area().n()));
    }
}

package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.blemish.image.DecodeLimits;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.MapScorer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/** Holds the stored heat maps against the masks. */
public final class MapEvaluation {
    private final SparkSession spark;
    private final Subject subject;
    private final DecodeLimits limits;
    private final Findings findings;
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);

    /**
     * An evaluation of the subject's heat maps.
     *
     * @param limits what a mask may cost
     */
    public MapEvaluation(SparkSession spark, Subject subject, DecodeLimits limits, Findings findings) {
        this.spark = spark;
        this.subject = subject;
        this.limits = limits;
        this.findings = findings;
    }

    /**
     * Measures.
     *
     * @param masks of {@link Truths#masks}, persisted
     * @param inspections of {@link Subject#oneForEachImage}
     * @param images the rows of {@code images}
     * @param model makes attention maps, when the checkpoint is at hand
     * @return how many pairs of image and defect were measured
     */
    public long measure(Dataset<Row> masks, Dataset<Row> inspections, Dataset<Row> images, Optional<ModelStage> model) {
        Optional<Dataset<Row>> attention = model.map(stage -> stage.attention(masks, images));
        Dataset<Row> pairs =
                MaskPairs.of(masks, inspections, images, subject.card().orientation(), attention);
        Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        InspectorSettings.Preparation preparation = subject.card().preparation(limits);
        Dataset<Row> scores = new MapScorer(preparation, hadoop).scores(pairs).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long measured = MapMetrics.add(scores, findings);
            countLeftOut(masks.count() - measured, scores);
            return measured;
        } finally {
            scores.unpersist();
        }
    }

    /** Masks that were not measured, and why. */
    public Map<LeftOut, Long> leftOut() {
        return Map.copyOf(leftOut);
    }

    private void countLeftOut(long notMeasured, Dataset<Row> scores) {
        long unexplained = notMeasured;
        for (Row row : scores.where(col("status").notEqual(MapScorer.OK))
                .groupBy("status")
                .agg(count(lit(1)))
                .collectAsList()) {
            leftOut.put(reason(row.getString(0)), row.getLong(1));
            unexplained -= row.getLong(1);
        }
        leftOut.put(LeftOut.MASK_NOT_EXPLAINED, unexplained);
    }

    private static LeftOut reason(String status) {
        return switch (status) {
            case MapScorer.OUTSIDE -> LeftOut.MASK_OUTSIDE;
            case MapScorer.EMPTY -> LeftOut.MASK_EMPTY;
            default -> LeftOut.MASK_UNUSABLE;
        };
    }
}

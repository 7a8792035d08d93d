package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.ModelBroadcast;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.clip.Clip;
import io.blemish.explain.Method;
import io.blemish.image.DecodeLimits;
import io.blemish.knowledge.LabelOptions;
import io.blemish.udfs.CurveSettings;
import io.blemish.udfs.DefectiveProbability;
import io.blemish.udfs.Explainer;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.MapScorer;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** What is asked of the model itself: its checkpoint must be at hand. Closing it takes the model from the executors. */
public final class ModelStage implements AutoCloseable {
    /** What each of the model's heat maps is compared by. */
    static final List<Method> METHODS = List.of(Method.RELEVANCE, Method.GRADCAM, Method.CLIPCAP_XAI);

    private final SparkSession spark;
    private final Clip clip;
    private final Subject subject;
    private final Settings settings;
    private final Broadcast<InspectorSettings.Labelling> labelling;
    private final Explainer.Means attentionMeans;
    private final Explainer.Means means;
    private final ModelBroadcast vision;

    /**
     * How the model is run.
     *
     * @param device where it computes
     * @param batchSize images of one forward
     * @param limits what a photograph may cost
     * @param samples how many images the costly measures look at
     */
    public record Settings(DeviceChoice device, int batchSize, DecodeLimits limits, Samples samples) {}

    private ModelStage(SparkSession spark, Clip clip, Subject subject, Settings settings, float[][] descriptions) {
        this.spark = spark;
        this.clip = clip;
        this.subject = subject;
        this.settings = settings;
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        InspectorSettings.Labelling labels = InspectorSettings.Labelling.of(
                subject.base().canonicalJson(), descriptions, clip.logitScale(), LabelOptions.DEFAULT);
        this.labelling = context.broadcast(labels);
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        this.means = new Explainer.Means(
                context.broadcast(inspector(labels, METHODS)), hadoop, new InspectorMeasures(spark.sparkContext()));
        this.attentionMeans = new Explainer.Means(
                context.broadcast(inspector(labels, List.of())), hadoop, new InspectorMeasures(spark.sparkContext()));
        this.vision = ModelBroadcast.publish(
                spark,
                subject.encoderId(),
                target -> clip.writeVision(target, subject.card().precision()));
    }

    /** Embeds the descriptions and publishes the model. */
    public static ModelStage open(SparkSession spark, Clip clip, Subject subject, Settings settings) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        return new ModelStage(
                spark, clip, subject, settings, clip.describe(subject.base().promptTexts()));
    }

    private InspectorSettings inspector(InspectorSettings.Labelling labels, List<Method> methods) {
        return new InspectorSettings(
                settings.device(),
                settings.batchSize(),
                labels,
                methods,
                subject.card().preparation(settings.limits()));
    }

    /** Computes P(defective) from stored embeddings. */
    public DefectiveProbability defectiveProbability() {
        return new DefectiveProbability(labelling);
    }

    /**
     * The class token's attention on each image that has a mask: {@code image_id, attention}.
     *
     * @param masks of {@link Truths#masks}
     * @param images the rows of {@code images}
     */
    Dataset<Row> attention(Dataset<Row> masks, Dataset<Row> images) {
        String any = subject.base().descriptions().get(0).name();
        Dataset<Row> wanted = masks.select("image_id").distinct().withColumn(Explainer.WANTED, array(lit(any)));
        return Explainer.grids(vision, attentionMeans)
                .rows(images.join(broadcast(wanted), "image_id"))
                .where(col("method").equalTo(MapScorer.ATTENTION))
                .select(col("image_id"), col("grid").as("attention"));
    }

    /**
     * Measures insertion and deletion, and checks whether the heat maps depend on what they should depend on.
     *
     * @param masks of {@link Truths#masks}
     * @param images the rows of {@code images}
     */
    public void measure(Dataset<Row> masks, Dataset<Row> images, Findings findings) {
        Dataset<Row> named = named(masks);
        if (settings.samples().curveImages() > 0) {
            CurveSettings curves = new CurveSettings(
                    settings.samples().curveSteps(),
                    settings.batchSize(),
                    clip.imageProcessor().mean(),
                    clip.imageProcessor().std());
            CurveMetrics.add(
                    Explainer.curves(vision, means, curves),
                    sample(named, settings.samples().curveImages()),
                    images,
                    findings);
        }
        if (settings.samples().sanityImages() > 0) {
            new SanityChecks(spark, clip, subject, vision, means)
                    .add(sample(named, settings.samples().sanityImages()), images, findings);
        }
    }

    /** How many photographs {@link #measure} has explained so far. */
    public LongAccumulator explained() {
        return means.measures().counter(InspectorMeasures.Count.OK);
    }

    /** How many photographs {@link #measure} will explain in all: each once for its curves, and once by each model. */
    public long toExplain(Dataset<Row> masks) {
        long images = named(masks).select("image_id").distinct().count();
        return Math.min(images, settings.samples().curveImages())
                + SanityChecks.models(subject)
                        * Math.min(images, settings.samples().sanityImages());
    }

    /** The masks that say of what they are. */
    private static Dataset<Row> named(Dataset<Row> masks) {
        return masks.where(col("defect").notEqual(Vocabulary.DEFECTIVE));
    }

    /** Pairs of some images: image_ids are hashes, so the smallest are as good as drawn by lot. */
    private static Dataset<Row> sample(Dataset<Row> masks, int images) {
        Dataset<Row> some = masks.select(col("image_id").as("some_id"))
                .distinct()
                .orderBy("some_id")
                .limit(images);
        return masks.join(broadcast(some), col("image_id").equalTo(col("some_id")), "left_semi")
                .select("image_id", "defect");
    }

    /** Photographs with masks that could not be had any more, once {@link #attention} has been computed. */
    public long unreadable() {
        return attentionMeans.measures().count(InspectorMeasures.Count.FAILED);
    }

    @Override
    public void close() {
        vision.close();
        labelling.unpersist();
        means.settings().unpersist();
        attentionMeans.settings().unpersist();
        means.hadoop().unpersist();
    }
}

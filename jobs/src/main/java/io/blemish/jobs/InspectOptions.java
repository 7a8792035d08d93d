package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.explain.Method;
import io.blemish.image.DecodeLimits;
import io.blemish.image.DecodeMode;
import io.blemish.image.DecodeOptions;
import io.blemish.image.Orientation;
import io.blemish.jobs.inspect.Encoder;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.udfs.InspectorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;

/**
 * What to inspect with, and how.
 *
 * @param clip folder of the CLIP checkpoint
 * @param knowledge file of the knowledge base
 * @param captions what to caption with; empty for no captions
 * @param topK descriptions that a label lists, each with its heat maps
 * @param threshold an image is defective from this P(defective) on
 * @param abstain closer to the threshold than this the verdict is {@code review}; empty leaves it to the knowledge base
 * @param methods how heat maps are made
 * @param precision empty chooses, see {@link io.blemish.jobs.inspect.PrecisionChoice}
 * @param device where the model computes
 * @param batchSize images of one forward
 * @param chunk the least that one append holds
 * @param decode how images are decoded
 * @param window when the photographs were taken
 * @param redo whether inspections made with other options may be deleted
 * @param takeOver when the claim of another run may be taken from it
 */
public record InspectOptions(
        Path clip,
        Path knowledge,
        Optional<CaptionOptions> captions,
        int topK,
        double threshold,
        OptionalDouble abstain,
        List<Method> methods,
        Optional<Precision> precision,
        DeviceChoice device,
        int batchSize,
        ChunkSize chunk,
        DecodeOptions decode,
        TimeWindow window,
        Redo redo,
        Claim.TakeOver takeOver) {
    private static final int CPU_BATCH = 16;
    private static final int GPU_BATCH = 64;

    public InspectOptions {
        requireNonNull(clip, "clip is null");
        requireNonNull(knowledge, "knowledge is null");
        methods = List.copyOf(methods);
        requireNonNull(window, "window is null");
        if (redo == Redo.EVERYTHING && !window.isAlways()) {
            throw UserException.cannot(
                    "inspect anew what was photographed" + window,
                    "beside it would stand what was inspected otherwise",
                    "Leave --since and --until out, or --redo");
        }
    }

    /** The least that a chunk holds: so many images, and so many batches for each task slot. */
    public record ChunkSize(int images, int batches) {}

    /** What becomes of inspections that were made before. */
    public enum Redo {
        /** They stay; what is missing is added, with the same options. */
        NOTHING,
        /** They are deleted, and everything is inspected anew. */
        EVERYTHING
    }

    /** What the configuration says, with the options that have no key. */
    public static InspectOptions of(
            SparkSession spark,
            Configuration configuration,
            Path clip,
            Path knowledge,
            Optional<CaptionOptions> captions,
            Redo redo,
            Claim.TakeOver takeOver) {
        DeviceChoice device = device(spark, configuration.value(Keys.DEVICE));
        return new InspectOptions(
                clip,
                knowledge,
                captions,
                configuration.value(Keys.LABEL_TOP_K),
                configuration.value(Keys.LABEL_THRESHOLD),
                configuration.given(Keys.LABEL_ABSTAIN)
                        ? OptionalDouble.of(configuration.value(Keys.LABEL_ABSTAIN))
                        : OptionalDouble.empty(),
                configuration.value(Keys.HEATMAP_METHODS).stream()
                        .map(Method::parse)
                        .toList(),
                Precision.parse(configuration.value(Keys.PRECISION)),
                device,
                batchSize(configuration, device),
                new ChunkSize(configuration.value(Keys.CHUNK_IMAGES), configuration.value(Keys.CHUNK_BATCHES)),
                decode(configuration),
                TimeWindow.always(),
                redo,
                takeOver);
    }

    /**
     * The same of photographs that were taken within the window.
     *
     * @throws UserException when everything is to be inspected anew
     */
    public InspectOptions within(TimeWindow taken) {
        return new InspectOptions(
                clip, knowledge, captions, topK, threshold, abstain, methods, precision, device, batchSize, chunk,
                decode, taken, redo, takeOver);
    }

    /** How images are decoded, as the configuration says. */
    static DecodeOptions decode(Configuration configuration) {
        return new DecodeOptions(
                Orientation.parse(configuration.value(Keys.IMAGE_ORIENTATION)),
                DecodeMode.parse(configuration.value(Keys.DECODE_MODE)),
                new DecodeLimits(
                        configuration.value(Keys.DECODE_MAX_BYTES),
                        configuration.value(Keys.DECODE_MAX_PIXELS),
                        configuration.value(Keys.DECODE_MAX_SIDE),
                        configuration.value(Keys.DECODE_MAX_ASPECT),
                        configuration.value(Keys.DECODE_MAX_TIME)));
    }

    /** A GPU where Spark gives its tasks one: settings decide, not what happens to be found. */
    static DeviceChoice device(SparkSession spark, String name) {
        if (!name.equals("auto")) {
            return DeviceChoice.parse(name);
        }
        boolean assigned = spark.sparkContext().getConf().getDouble("spark.task.resource.gpu.amount", 0) > 0;
        return assigned ? DeviceChoice.GPU : DeviceChoice.CPU;
    }

    /** Images of one forward: as configured, else small on a processor and large on a GPU. */
    static int batchSize(Configuration configuration, DeviceChoice device) {
        int batch = configuration.value(Keys.BATCH_SIZE);
        return batch > 0 ? batch : device == DeviceChoice.CPU ? CPU_BATCH : GPU_BATCH;
    }

    /** How images are labelled by the knowledge base. */
    LabelOptions label(KnowledgeBase base) {
        return LabelOptions.of(base, topK, threshold, abstain);
    }

    /** What tasks are told. The text tower embeds the descriptions now. */
    InspectorSettings settings(Encoder encoder, KnowledgeBase base) {
        Clip clip = encoder.clip();
        return new InspectorSettings(
                device,
                batchSize,
                InspectorSettings.Labelling.of(
                        base.canonicalJson(), clip.describe(base.promptTexts()), clip.logitScale(), label(base)),
                methods,
                InspectorSettings.Preparation.of(clip.imageProcessor(), decode));
    }

    /** The least number of images of a chunk, with so many task slots. */
    long minImages(int slots) {
        return Math.max(chunk.images(), (long) chunk.batches() * batchSize * slots);
    }
}

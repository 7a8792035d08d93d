package io.blemish.udfs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.explain.Method;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeLimits;
import io.blemish.image.DecodeMode;
import io.blemish.image.DecodeOptions;
import io.blemish.image.ImageProcessor;
import io.blemish.image.Orientation;
import io.blemish.knowledge.LabelOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the driver tells its tasks, in serializable values; broadcast once a run.
 *
 * @param device where the model computes
 * @param batchSize images of one forward, at least 1
 * @param labelling how images are labelled
 * @param methods how heat maps are made; none when empty
 * @param preparation how images become crops
 */
public record InspectorSettings(
        DeviceChoice device, int batchSize, Labelling labelling, List<Method> methods, Preparation preparation)
        implements Serializable {
    /** Checks the batch size and copies the methods. */
    public InspectorSettings {
        requireNonNull(device, "device is null");
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch of " + batchSize + " images");
        }
        methods = List.copyOf(methods);
    }

    /**
     * How images are labelled.
     *
     * @param knowledgeBase its canonical JSON
     * @param embeddings of the descriptions, in their order, each of length 1
     * @param logitScale what cosines are multiplied by
     * @param topK descriptions that a label lists, and that heat maps are made of
     * @param threshold an image is defective from this P(defective) on
     * @param abstain closer to the threshold than this the verdict is {@code review}
     */
    public record Labelling(
            String knowledgeBase, float[][] embeddings, float logitScale, int topK, double threshold, double abstain)
            implements Serializable {
        /** Labelling by these options. */
        public static Labelling of(String knowledgeBase, float[][] embeddings, float logitScale, LabelOptions options) {
            return new Labelling(
                    knowledgeBase, embeddings, logitScale, options.topK(), options.threshold(), options.abstain());
        }

        LabelOptions options() {
            return new LabelOptions(topK, threshold, abstain);
        }
    }

    /** How images become crops: {@link DecodeOptions} and the geometry of an {@link ImageProcessor}. */
    public record Preparation(
            int side,
            CropRounding rounding,
            Orientation orientation,
            DecodeMode mode,
            long maxBytes,
            long maxPixels,
            int maxSide,
            double maxAspect,
            Duration maxTime)
            implements Serializable {
        /** Preparation by these options. */
        public static Preparation of(ImageProcessor processor, DecodeOptions options) {
            DecodeLimits limits = options.limits();
            return new Preparation(
                    processor.side(),
                    processor.rounding(),
                    options.orientation(),
                    options.mode(),
                    limits.maxBytes(),
                    limits.maxPixels(),
                    limits.maxSide(),
                    limits.maxAspect(),
                    limits.maxTime());
        }

        DecodeOptions options() {
            return new DecodeOptions(
                    orientation, mode, new DecodeLimits(maxBytes, maxPixels, maxSide, maxAspect, maxTime));
        }

        /** How the masks of photographs are decoded: as they are stored, in full. */
        DecodeOptions maskOptions() {
            return new DecodeOptions(
                    Orientation.IGNORE, DecodeMode.EXACT, options().limits());
        }

        /** Makes crops only: the model normalises them itself. */
        ImageProcessor processor() {
            return new ImageProcessor(side, new float[3], new float[] {1, 1, 1}, rounding);
        }
    }
}

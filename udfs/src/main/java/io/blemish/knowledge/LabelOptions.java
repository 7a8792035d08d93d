package io.blemish.knowledge;

import java.util.OptionalDouble;

/**
 * How an image is labelled.
 *
 * @param topK how many descriptions a label lists, at least 1; a smaller pool lists them all
 * @param threshold an image is defective from this P(defective) on, in [0, 1]
 * @param abstain closer to the threshold than this, the verdict is {@code review}; in [0, 1], 0 never abstains
 */
public record LabelOptions(int topK, double threshold, double abstain) {
    /** Top 5, threshold 0.5, abstention within 0.05 of it. */
    public static final LabelOptions DEFAULT = new LabelOptions(5, 0.5, 0.05);

    /** Refuses values outside their ranges. */
    public LabelOptions {
        if (topK < 1 || !(threshold >= 0 && threshold <= 1) || !(abstain >= 0 && abstain <= 1)) {
            throw new IllegalArgumentException(
                    "label options out of range: top k " + topK + ", threshold " + threshold + ", abstain " + abstain);
        }
    }

    /** The margin that counts: the configured one, else the knowledge base's, else the default. */
    public static LabelOptions of(KnowledgeBase base, int topK, double threshold, OptionalDouble configuredAbstain) {
        double abstain = configuredAbstain.orElse(base.abstain().orElse(DEFAULT.abstain));
        return new LabelOptions(topK, threshold, abstain);
    }
}

package io.blemish.metrics;

import java.util.List;

/**
 * CLIPScore and RefCLIPScore (Hessel et al. 2021, arXiv 2104.08718): how well CLIP finds that a caption fits its image,
 * and its references. Texts are embedded behind {@link #PROMPT}. Scores of many captions are means.
 *
 * <p>Published figures are those of ViT-B/32; scores of two encoders can't be compared.
 */
public final class ClipScore {
    /** What stands before captions and references alike. */
    public static final String PROMPT = "A photo depicts ";

    private static final double WEIGHT = 2.5;

    private ClipScore() {}

    /**
     * 2.5 × the cosine of image and caption, never below 0.
     *
     * @param image embedding, of any length
     * @param caption embedding
     */
    public static double of(float[] image, float[] caption) {
        return WEIGHT * Math.max(0, cosine(image, caption));
    }

    /**
     * RefCLIPScore: the harmonic mean of CLIPScore and of the cosine of the caption and the reference closest to it.
     *
     * @param references embeddings; at least one
     */
    public static double withReferences(float[] image, float[] caption, List<float[]> references) {
        double score = of(image, caption);
        double closest = references.stream()
                .mapToDouble(reference -> cosine(reference, caption))
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no reference"));
        return score <= 0 || closest <= 0 ? 0 : 2 * score * closest / (score + closest);
    }

    private static double cosine(float[] one, float[] other) {
        return Cosine.of(one, other).orElse(0);
    }
}

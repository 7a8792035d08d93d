package io.blemish.knowledge;

import java.util.Arrays;

/**
 * The cosines of images' embeddings with the descriptions of a knowledge base: one matrix product for a batch of images.
 *
 * <p>The descriptions lie turned, one array a dimension, so that the innermost loop runs along all descriptions of one image and is
 * compiled to vector instructions; four dimensions a pass leave the sums in the cache for four products each. Every image's sums are
 * made in the same order, whatever batch it comes in: equal embeddings give equal bits. Single precision, as in the forward pass of an
 * inspection. Immutable, and safe for several threads.
 */
public final class Cosines {
    private static final int PASS = 4;

    private final int width;
    private final int count;
    private final float[][] byDimension;

    /**
     * The cosines with these descriptions.
     *
     * @param descriptions [descriptions][width], each of length 1
     */
    public Cosines(float[][] descriptions) {
        this.count = descriptions.length;
        this.width = count == 0 ? 0 : descriptions[0].length;
        this.byDimension = new float[(width + PASS - 1) / PASS * PASS][count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < width; i++) {
                byDimension[i][j] = descriptions[j][i];
            }
        }
    }

    /**
     * The cosines of a batch; not finite for an embedding that is not, or that is all zeros.
     *
     * @param embeddings [images][width], of any length
     * @return [images][descriptions]
     * @throws IllegalArgumentException for an embedding of another width
     */
    public float[][] of(float[][] embeddings) {
        float[][] padded = new float[embeddings.length][];
        for (int image = 0; image < padded.length; image++) {
            padded[image] = padded(embeddings[image]);
        }
        float[][] products = new float[padded.length][count];
        for (int i = 0; i < byDimension.length; i += PASS) {
            for (int image = 0; image < padded.length; image++) {
                add(padded[image], i, products[image]);
            }
        }
        for (int image = 0; image < padded.length; image++) {
            divide(products[image], length(padded[image]));
        }
        return products;
    }

    /** As wide as whole passes. */
    private float[] padded(float[] embedding) {
        if (embedding.length != width) {
            throw new IllegalArgumentException(
                    "an embedding of " + embedding.length + " values for descriptions of " + width);
        }
        return width == byDimension.length ? embedding : Arrays.copyOf(embedding, byDimension.length);
    }

    private void add(float[] embedding, int i, float[] sums) {
        add(
                embedding[i],
                embedding[i + 1],
                embedding[i + 2],
                embedding[i + 3],
                byDimension[i],
                byDimension[i + 1],
                byDimension[i + 2],
                byDimension[i + 3],
                sums);
    }

    private static void add(
            float x0, float x1, float x2, float x3, float[] d0, float[] d1, float[] d2, float[] d3, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += x0 * d0[j] + x1 * d1[j] + x2 * d2[j] + x3 * d3[j];
        }
    }

    /** Four sums, because each addition waits for the one before. */
    private static double length(float[] padded) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = 0; i < padded.length; i += PASS) {
            s0 += (double) padded[i] * padded[i];
            s1 += (double) padded[i + 1] * padded[i + 1];
            s2 += (double) padded[i + 2] * padded[i + 2];
            s3 += (double) padded[i + 3] * padded[i + 3];
        }
        return Math.sqrt(s0 + s1 + (s2 + s3));
    }

    private static void divide(float[] products, double length) {
        float inverse = (float) (1 / length);
        for (int j = 0; j < products.length; j++) {
            products[j] *= inverse;
        }
    }
}

package io.blemish.train;

import io.blemish.checkpoint.Tensor;

/**
 * Position embeddings of a vision transformer for another grid of patches, so that a model can go on at another
 * resolution (Dosovitskiy et al., 2020, arXiv 2010.11929, section 3.2). That of the class token stays as it is.
 *
 * <p>Bicubic with a = -0.75 between the centres of the patches, beyond the rim the nearest patch: what PyTorch's
 * {@code interpolate(mode="bicubic", align_corners=False)} computes, and Hugging Face with it.
 */
final class PositionGrid {
    private static final double A = -0.75;

    private PositionGrid() {}

    /**
     * Resizes.
     *
     * @param embeddings (1 + from × from) × width, the class token first
     * @return (1 + to × to) × width
     */
    static Tensor resize(Tensor embeddings, int from, int to) {
        int width = (int) embeddings.size(1);
        float[] source = embeddings.toFloats();
        float[] target = new float[(1 + to * to) * width];
        System.arraycopy(source, 0, target, 0, width);
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < to; column++) {
                add(
                        source,
                        from,
                        (row + 0.5) * from / to - 0.5,
                        (column + 0.5) * from / to - 0.5,
                        target,
                        (1 + row * to + column) * width,
                        width);
            }
        }
        return Tensor.ofFloats(embeddings.name(), target, 1 + (long) to * to, width);
    }

    private static void add(float[] source, int grid, double y, double x, float[] target, int at, int width) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        for (int i = -1; i <= 2; i++) {
            for (int j = -1; j <= 2; j++) {
                double weight = weight(y - top - i) * weight(x - left - j);
                int from = (1 + inside(top + i, grid) * grid + inside(left + j, grid)) * width;
                for (int k = 0; k < width; k++) {
                    target[at + k] += (float) (weight * source[from + k]);
                }
            }
        }
    }

    private static int inside(int index, int length) {
        return Math.max(0, Math.min(index, length - 1));
    }

    private static double weight(double distance) {
        double d = Math.abs(distance);
        if (d <= 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? ((d - 5) * d + 8) * d * A - 4 * A : 0;
    }
}

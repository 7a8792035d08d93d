package io.blemish.explain;

/**
 * Grids at another size, bilinear between the centres of the cells and constant beyond the outermost ones: what
 * PyTorch's {@code interpolate(mode="bilinear", align_corners=False)} and OpenCV's {@code INTER_LINEAR} do.
 */
public final class Bilinear {
    private Bilinear() {}

    /**
     * The grid at another size; its values are not rescaled.
     *
     * @param grid {@code rows × cols} values by rows
     * @return {@code height × width} values by rows
     */
    public static float[] resize(float[] grid, int rows, int cols, int width, int height) {
        GridSampler sampler = new GridSampler(
                rows, cols, GridSampler.centres(width, 0, width, cols), GridSampler.centres(height, 0, height, rows));
        float[] sampled = new float[Math.multiplyExact(width, height)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sampled[y * width + x] = sampler.at(grid, x, y);
            }
        }
        return sampled;
    }
}

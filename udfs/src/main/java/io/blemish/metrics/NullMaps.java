package io.blemish.metrics;

import java.util.SplittableRandom;

/** Heat maps that know nothing of the photograph: what a method has to beat. */
public final class NullMaps {
    /** Standard deviation of the Gaussian, in sides of the crop. */
    private static final double SPREAD = 0.25;

    private static final int SEED_DIGITS = 16;
    private static final int HEXADECIMAL = 16;

    private NullMaps() {}

    /**
     * Independent uniform values.
     *
     * @param imageId hexadecimal; it is the seed: an image has the same random map in every run
     */
    public static Grid random(String imageId, int rows, int cols) {
        String digits = imageId.substring(0, Math.min(SEED_DIGITS, imageId.length()));
        SplittableRandom random = new SplittableRandom(Long.parseUnsignedLong(digits, HEXADECIMAL));
        float[] values = new float[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new Grid(rows, cols, values);
    }

    /** A Gaussian around the centre, a quarter of the side wide: photographs show things in the middle. */
    public static Grid centreGaussian(int rows, int cols) {
        float[] values = new float[rows * cols];
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                double y = ((row + 0.5) / rows - 0.5) / SPREAD;
                double x = ((col + 0.5) / cols - 0.5) / SPREAD;
                values[row * cols + col] = (float) Math.exp(-(x * x + y * y) / 2);
            }
        }
        return new Grid(rows, cols, values);
    }
}

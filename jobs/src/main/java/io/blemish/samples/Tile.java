package io.blemish.samples;

/**
 * A square of noise that continues itself at its edges, looked up between its points.
 *
 * <p>Noise is computed once and then looked up at any scale and turn: a lookup costs a few nanoseconds, five octaves of noise
 * a hundred.
 */
final class Tile {
    static final int SIDE = 512;

    private static final int MASK = SIDE - 1;
    /** A row and a point of the next column, so that the right neighbour is always the next value. */
    private static final int STRIDE = SIDE + 1;

    private final float[] values = new float[STRIDE * STRIDE];

    Tile(float[] values) {
        if (values.length != SIDE * SIDE) {
            throw new IllegalArgumentException("not a tile: " + values.length + " values");
        }
        for (int y = 0; y < STRIDE; y++) {
            for (int x = 0; x < STRIDE; x++) {
                this.values[y * STRIDE + x] = values[(y & MASK) * SIDE + (x & MASK)];
            }
        }
    }

    /** Between its four neighbours, linearly. */
    float at(float x, float y) {
        int left = floor(x);
        int top = floor(y);
        float fx = x - left;
        float fy = y - top;
        int i = (top & MASK) * STRIDE + (left & MASK);
        float above = values[i] + fx * (values[i + 1] - values[i]);
        i += STRIDE;
        float below = values[i] + fx * (values[i + 1] - values[i]);
        return above + fy * (below - above);
    }

    private static int floor(float x) {
        int towardsZero = (int) x;
        return x < towardsZero ? towardsZero - 1 : towardsZero;
    }

    /** The same with mean 0 and deviation 1. */
    static Tile standardised(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        double deviation = Math.sqrt(squares / values.length - mean * mean);
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) ((values[i] - mean) / deviation);
        }
        return new Tile(scaled);
    }
}

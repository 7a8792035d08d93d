package io.blemish.udfs;

/**
 * A photograph of which some patches are shown, and the rest replaced: by zero in normalised space, which is the mean
 * colour of what CLIP was trained on, or by the photograph itself, blurred.
 *
 * @param side of the crop in pixels
 * @param cells patches on a side
 * @param sharp the crop, normalised: channel by channel, by rows
 * @param blurred the same, blurred
 */
record Masking(int side, int cells, float[] sharp, float[] blurred) {
    /** RISE blurs with 11 pixels and a standard deviation of 5 at a crop of 224. */
    private static final double BLUR_KERNEL = 11;

    private static final double BLUR_SIGMA = 5;
    private static final double BLUR_SIDE = 224;

    /** What becomes of a patch when its turn comes. */
    enum Direction {
        /** It is put back into the blurred photograph. */
        INSERTION,
        /** It is taken away from the photograph. */
        DELETION
    }

    /** A crop, 0 to 255 unsigned, channel by channel. */
    static Masking of(byte[] crop, float[] mean, float[] std, int cells) {
        int plane = crop.length / 3;
        int side = (int) Math.round(Math.sqrt(plane));
        float[] sharp = new float[crop.length];
        for (int i = 0; i < sharp.length; i++) {
            sharp[i] = ((crop[i] & 0xff) / 255f - mean[i / plane]) / std[i / plane];
        }
        return new Masking(side, cells, sharp, blurred(sharp, side));
    }

    /** Values of one picture. */
    int length() {
        return sharp.length;
    }

    /** Writes the picture in which the turn of the first {@code done} cells of the order has come. */
    void write(int[] order, int done, Direction direction, float[] target, int offset) {
        boolean[] shown = new boolean[cells * cells];
        for (int i = 0; i < order.length; i++) {
            shown[order[i]] = (i < done) == (direction == Direction.INSERTION);
        }
        int plane = side * side;
        for (int i = 0; i < sharp.length; i++) {
            int y = i % plane / side;
            int x = i % side;
            boolean show = shown[y * cells / side * cells + x * cells / side];
            target[offset + i] = show ? sharp[i] : direction == Direction.INSERTION ? blurred[i] : 0;
        }
    }

    /** A Gaussian blur; what lies beyond the border counts as its nearest pixel. */
    private static float[] blurred(float[] planes, int side) {
        double[] kernel = kernel(side);
        float[] across = new float[planes.length];
        blur(planes, across, side, kernel, 1);
        float[] down = new float[planes.length];
        blur(across, down, side, kernel, side);
        return down;
    }

    private static double[] kernel(int side) {
        int reach = (int) Math.max(1, Math.round((BLUR_KERNEL * side / BLUR_SIDE - 1) / 2));
        double sigma = BLUR_SIGMA * side / BLUR_SIDE;
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = Math.exp(-Math.pow((i - reach) / sigma, 2) / 2);
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    /** Blurs along one axis: a step of 1 goes to the right, one of {@code side} downwards. */
    private static void blur(float[] from, float[] to, int side, double[] kernel, int step) {
        int reach = kernel.length / 2;
        for (int i = 0; i < from.length; i++) {
            int place = i / step % side;
            double sum = 0;
            for (int k = -reach; k <= reach; k++) {
                int clamped = Math.max(0, Math.min(side - 1, place + k));
                sum += kernel[k + reach] * from[i + (clamped - place) * step];
            }
            to[i] = (float) sum;
        }
    }
}

package io.blemish.metrics;

/**
 * The score of a photograph while its patches are taken away, or put back, from the one that a heat map calls most
 * relevant to the least: insertion and deletion.
 */
public final class Curve {
    private Curve() {}

    /**
     * The area under a curve, by trapezoids. With equal steps it is RISE's
     * {@code (sum − first / 2 − last / 2) / steps}.
     *
     * @param done the share of the patches that is done at each point, ascending from 0 to 1
     * @param scores at these points
     */
    public static double area(double[] done, double[] scores) {
        if (done.length != scores.length || done.length < 2 || done[0] != 0 || done[done.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "a curve of " + done.length + " shares and " + scores.length + " scores does not run from 0 to 1");
        }
        double area = 0;
        for (int i = 1; i < done.length; i++) {
            area += (done[i] - done[i - 1]) * (scores[i] + scores[i - 1]) / 2;
        }
        return area;
    }

    /**
     * How many patches are done at each point of a curve: strides of equal length, the last one shorter where they do
     * not divide the patches.
     *
     * @param steps at most so many
     */
    public static int[] points(int patches, int steps) {
        int stride = (patches + steps - 1) / steps;
        int[] points = new int[(patches + stride - 1) / stride + 1];
        for (int i = 0; i < points.length; i++) {
            points[i] = Math.min(patches, i * stride);
        }
        return points;
    }
}

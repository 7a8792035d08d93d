package io.blemish.trends;

/**
 * Control limits of a rate.
 *
 * @param low lower limit, at least 0
 * @param high upper limit, at most 1
 */
public record Limits(double low, double high) {
    /** Standard deviations from the centre to a limit, as Shewhart chose them. */
    private static final double WIDTH = 3;

    /** No limits: NaN. */
    static final Limits NONE = new Limits(Double.NaN, Double.NaN);

    /** The limits around a centre of a rate whose variance is known. */
    static Limits around(double centre, double variance) {
        double half = WIDTH * Math.sqrt(variance);
        return new Limits(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** The p-chart's limits for the rate of n images; none where there are no images. */
    public static Limits pChart(double baseline, long n) {
        return n == 0 ? NONE : around(baseline, baseline * (1 - baseline) / n);
    }
}

package io.blemish.metrics;

/**
 * A 95 % interval of an area under the ROC curve that holds at 0 and 1 too: method 5 of R. G. Newcombe, Confidence
 * intervals for an effect size measure based on the Mann-Whitney statistic, part 2, Statistics in Medicine 25 (2006).
 *
 * <p>It is to DeLong's interval what Wilson's is to a share ± 1.96 standard errors: the ends are the areas θ of which
 * the one that was found is just 1.96 standard errors away, where the error is θ's own, not that of what was found,
 * which is 0 for a perfect order. The error is Hanley and McNeil's (1982), for exponential scores,
 *
 * <pre>{@code V(θ) = θ (1 − θ) (1 + (N − 1) ((1 − θ) / (2 − θ) + θ / (1 + θ))) / (positives · negatives)}</pre>
 *
 * <p>in which Newcombe puts N = (positives + negatives) / 2 for the one count and the other, so that neither kind is
 * preferred: reversed scores have the reversed interval.
 *
 * @param low the lower end, at least 0
 * @param high the upper end, at most 1
 */
record ScoreInterval(double low, double high) {
    /** Halvings of [0, 1] until a double has no more digits. */
    private static final int HALVINGS = 60;

    /** The interval of an area that was found with so many positives and negatives, at least one of each. */
    static ScoreInterval of(double area, long positives, long negatives) {
        return new ScoreInterval(lower(area, positives, negatives), 1 - lower(1 - area, positives, negatives));
    }

    /** The end below the area; as V is symmetric, the other one is that of 1 − area, mirrored. */
    private static double lower(double area, long positives, long negatives) {
        double far = 0;
        double near = area;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (far + near) / 2;
            double distance = area - middle;
            if (distance * distance > Estimate.Z * Estimate.Z * variance(middle, positives, negatives)) {
                far = middle;
            } else {
                near = middle;
            }
        }
        return far;
    }

    private static double variance(double theta, long positives, long negatives) {
        double mean = (positives + negatives) / 2.0;
        double dependent = (mean - 1) * ((1 - theta) / (2 - theta) + theta / (1 + theta));
        return theta * (1 - theta) * (1 + dependent) / positives / negatives;
    }
}

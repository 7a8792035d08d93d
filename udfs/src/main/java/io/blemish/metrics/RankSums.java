package io.blemish.metrics;

/**
 * What a {@link RankWalk} over a part of the sorted scores found. The sums of all parts make the whole.
 *
 * @param positive sum, over the positives, of the share of negatives that score lower, ties counting half
 * @param positiveSquares sum of the squares of these shares
 * @param negative sum, over the negatives, of the share of positives that score higher, ties counting half
 * @param negativeSquares sum of the squares of these shares
 * @param gain the greatest true positive rate − false positive rate of a threshold among these scores; −∞ without any
 * @param threshold the score from which on an observation is called positive there
 */
public record RankSums(
        double positive,
        double positiveSquares,
        double negative,
        double negativeSquares,
        double gain,
        double threshold) {
    /** The sums of no scores. */
    public static RankSums none() {
        return new RankSums(0, 0, 0, 0, Double.NEGATIVE_INFINITY, Double.NaN);
    }

    /** The sums of these scores and others. */
    public RankSums plus(RankSums other) {
        RankSums better = other.gain > gain ? other : this;
        return new RankSums(
                positive + other.positive,
                positiveSquares + other.positiveSquares,
                negative + other.negative,
                negativeSquares + other.negativeSquares,
                better.gain,
                better.threshold);
    }

    /**
     * The area under the ROC curve: the probability that a positive scores higher than a negative, ties counting half.
     * Its interval is DeLong's (DeLong, DeLong and Clarke-Pearson 1988), cut to [0, 1]; there is none for fewer than
     * two of either kind. Where all observations rank alike, as in a perfect order, DeLong's variance is 0 whatever
     * their number, and the interval is {@link ScoreInterval}'s.
     *
     * @param positives how many there are in all
     * @param negatives how many there are in all
     */
    public Estimate auroc(long positives, long negatives) {
        if (positives == 0 || negatives == 0) {
            return Estimate.bare(Double.NaN, positives + negatives);
        }
        double area = positive / positives;
        double variance = spread(positiveSquares, area, positives) / positives
                + spread(negativeSquares, area, negatives) / negatives;
        if (variance == 0) {
            ScoreInterval interval = ScoreInterval.of(area, positives, negatives);
            return new Estimate(area, interval.low(), interval.high(), 0, positives + negatives);
        }
        return Estimate.around(area, Math.sqrt(variance), positives + negatives).withinUnit();
    }

    private static double spread(double squares, double mean, long n) {
        return n < 2 ? Double.NaN : Math.max(0, squares - n * mean * mean) / (n - 1);
    }
}

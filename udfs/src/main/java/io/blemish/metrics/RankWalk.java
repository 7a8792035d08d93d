package io.blemish.metrics;

/**
 * Walks through scores in ascending order, equal ones together, and sums up what the ROC curve needs. Sorted scores that
 * lie in several parts are walked apart: each walk is told what lies below its part.
 */
public final class RankWalk {
    private final long positives;
    private final long negatives;
    private long positivesBelow;
    private long negativesBelow;
    private double last = Double.NEGATIVE_INFINITY;
    private RankSums sums = RankSums.none();

    /**
     * A walk from the lowest score of a part.
     *
     * @param positives in the whole
     * @param negatives in the whole
     * @param positivesBelow with scores below those of the part
     * @param negativesBelow with scores below those of the part
     */
    public RankWalk(long positives, long negatives, long positivesBelow, long negativesBelow) {
        this.positives = positives;
        this.negatives = negatives;
        this.positivesBelow = positivesBelow;
        this.negativesBelow = negativesBelow;
    }

    /**
     * The next score, and how many have it.
     *
     * @throws IllegalArgumentException when it is not above the one before
     */
    public void step(double score, long positivesHere, long negativesHere) {
        if (!(score > last)) {
            throw new IllegalArgumentException("the score " + score + " comes after " + last);
        }
        last = score;
        double lower = (negativesBelow + negativesHere / 2.0) / negatives;
        double higher = (positives - positivesBelow - positivesHere / 2.0) / positives;
        double gain =
                (double) (positives - positivesBelow) / positives - (double) (negatives - negativesBelow) / negatives;
        sums = sums.plus(new RankSums(
                positivesHere == 0 ? 0 : positivesHere * lower,
                positivesHere == 0 ? 0 : positivesHere * lower * lower,
                negativesHere == 0 ? 0 : negativesHere * higher,
                negativesHere == 0 ? 0 : negativesHere * higher * higher,
                gain,
                score));
        positivesBelow += positivesHere;
        negativesBelow += negativesHere;
    }

    /** What was found so far. */
    public RankSums sums() {
        return sums;
    }
}

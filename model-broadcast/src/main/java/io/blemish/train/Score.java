package io.blemish.train;

/**
 * How well a model did on some examples.
 *
 * @param loss the mean over the examples
 * @param accuracy the share of right answers, 0 to 1
 * @param examples how many
 */
public record Score(double loss, double accuracy, long examples) {
    /** No examples. */
    public static final Score NONE = new Score(0, 0, 0);

    /** The score on these examples and others. */
    public Score plus(Score other) {
        long all = examples + other.examples;
        return all == 0
                ? NONE
                : new Score(
                        (loss * examples + other.loss * other.examples) / all,
                        (accuracy * examples + other.accuracy * other.examples) / all,
                        all);
    }
}

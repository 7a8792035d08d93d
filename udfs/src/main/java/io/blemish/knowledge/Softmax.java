package io.blemish.knowledge;

/**
 * The logits of some of the descriptions, summed up without overflow.
 *
 * @param best index of the description with the greatest logit, the first of equals; −1 if there are none
 * @param bestLogit that logit; −∞ if there are none
 * @param logSum log of the sum of exp(logit); −∞ if there are none
 */
record Softmax(int best, double bestLogit, double logSum) {
    /** Sums the logits scale · similarity of the descriptions with these indices. */
    static Softmax of(float[] similarities, double scale, int[] indices) {
        int best = -1;
        double bestLogit = Double.NEGATIVE_INFINITY;
        for (int j : indices) {
            double logit = scale * similarities[j];
            if (logit > bestLogit) {
                best = j;
                bestLogit = logit;
            }
        }
        double sum = 0;
        for (int j : indices) {
            sum += Math.exp(scale * similarities[j] - bestLogit);
        }
        return new Softmax(best, bestLogit, best < 0 ? Double.NEGATIVE_INFINITY : bestLogit + Math.log(sum));
    }

    /** The logits of both, which have none in common. */
    Softmax with(Softmax other) {
        double greater = Math.max(logSum, other.logSum);
        double lesser = Math.min(logSum, other.logSum);
        double sum = lesser == Double.NEGATIVE_INFINITY ? greater : greater + Math.log1p(Math.exp(lesser - greater));
        boolean mine = bestLogit > other.bestLogit || (bestLogit == other.bestLogit && best < other.best);
        return mine ? new Softmax(best, bestLogit, sum) : new Softmax(other.best, other.bestLogit, sum);
    }

    /** The share of one of the summed logits. */
    double probability(double logit) {
        return Math.exp(logit - logSum);
    }

    /** The share of a mass, given by the log of its sum, in the two together; 1 when these logits are none. */
    double shareAgainst(double otherLogSum) {
        return 1 / (1 + Math.exp(logSum - otherLogSum));
    }
}

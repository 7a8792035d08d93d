package io.blemish.train;

/**
 * The learning rate of each step: up in a straight line, then down to zero along half a cosine (Loshchilov and Hutter,
 * 2017, arXiv 1608.03983).
 *
 * @param peak the highest rate
 * @param warmUp steps until it is reached, 0 or more
 * @param steps all steps
 */
public record Schedule(double peak, long warmUp, long steps) {
    /** Checks the numbers. */
    public Schedule {
        if (!(peak > 0) || warmUp < 0 || steps < 1 || warmUp > steps) {
            throw new IllegalArgumentException(
                    "no schedule of " + steps + " steps, " + warmUp + " of warm-up, rate " + peak);
        }
    }

    /** A schedule whose warm-up is a share of all steps. */
    public static Schedule of(double peak, double warmUpShare, long steps) {
        return new Schedule(peak, Math.round(warmUpShare * steps), steps);
    }

    /** The rate of a step, counted from 1. */
    public double rate(long step) {
        if (step <= warmUp) {
            return peak * step / warmUp;
        }

        double share = (double) (step - warmUp) / Math.max(1, steps - warmUp);
        return peak * (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
    }
}

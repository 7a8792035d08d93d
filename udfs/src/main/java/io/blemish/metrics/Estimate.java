package io.blemish.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * A measured value, how sure it is, and what it rests on. What cannot be said is NaN.
 *
 * @param value the measure; NaN when {@code n} is 0
 * @param low lower end of the 95 % interval; NaN where there is none
 * @param high upper end
 * @param standardError of the value; NaN where there is no interval
 * @param n how many observations
 */
public record Estimate(double value, double low, double high, double standardError, long n) {
    /** The normal distribution's 0.975 quantile. */
    static final double Z = 1.959963984540054;

    /** A share of n, with Wilson's interval, which stays within [0, 1] and holds for few observations too. */
    public static Estimate share(long hits, long n) {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException(hits + " hits of " + n);
        }
        if (n == 0) {
            return nothing();
        }
        double p = (double) hits / n;
        double z2 = Z * Z;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n)) / (1 + z2 / n);
        return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half), Math.sqrt(p * (1 - p) / n), n);
    }

    /**
     * A mean, with 1.96 standard errors to each side; without an interval for fewer than two observations.
     *
     * @param sum of the observations
     * @param squares sum of their squares
     */
    public static Estimate mean(double sum, double squares, long n) {
        if (n == 0) {
            return nothing();
        }
        double mean = sum / n;
        double variance = n < 2 ? Double.NaN : Math.max(0, squares - n * mean * mean) / (n - 1);
        return around(mean, Math.sqrt(variance / n), n);
    }

    /** A value with 1.96 standard errors to each side. */
    static Estimate around(double value, double standardError, long n) {
        return new Estimate(value, value - Z * standardError, value + Z * standardError, standardError, n);
    }

    /**
     * A value with the interval between the 2.5 % and 97.5 % quantiles of what resampled observations give.
     *
     * @param replicates the measure of each resampled set; at least two
     */
    static Estimate resampled(double value, double[] replicates, long n) {
        double[] sorted = replicates.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        double squares = Arrays.stream(sorted)
                .map(replicate -> (replicate - mean) * (replicate - mean))
                .sum();
        double standardError = Math.sqrt(squares / (sorted.length - 1));
        return new Estimate(value, quantile(sorted, 0.025), quantile(sorted, 0.975), standardError, n);
    }

    /** The quantile of sorted values, between two of them where it falls between them. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** A value that no interval is given for. */
    public static Estimate bare(double value, long n) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, n);
    }

    /** What no observation at all says. */
    public static Estimate nothing() {
        return bare(Double.NaN, 0);
    }

    /**
     * The mean of measures of several groups, each counting as much as any other, whatever its size; groups without a
     * value are left out. Its interval takes the groups as independent.
     */
    public static Estimate macro(List<Estimate> groups) {
        double sum = 0;
        double variance = 0;
        long n = 0;
        int counted = 0;
        for (Estimate group : groups) {
            if (!Double.isNaN(group.value)) {
                sum += group.value;
                variance += group.standardError * group.standardError;
                n += group.n;
                counted++;
            }
        }
        return counted == 0 ? nothing() : around(sum / counted, Math.sqrt(variance) / counted, n);
    }

    /** The same value without an interval. */
    public Estimate withoutInterval() {
        return bare(value, n);
    }

    /** The same estimate with an interval that stays within [0, 1]. */
    Estimate withinUnit() {
        return new Estimate(value, Math.max(0, low), Math.min(1, high), standardError, n);
    }
}

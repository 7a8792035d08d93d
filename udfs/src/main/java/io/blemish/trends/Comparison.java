package io.blemish.trends;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * How a recent proportion differs from a baseline.
 *
 * @param z (recent − baseline) / standard error, with the variance of both together; 0 where neither varies
 * @param pValue how likely a difference as large in either direction is where the rates are equal: twice the smaller
 *     tail of Fisher's exact test, of which the observed table counts half (mid-p); at most 1
 */
public record Comparison(double z, double pValue) {
    /** Beyond so many the exact test costs much and tells what the normal approximation tells. */
    private static final long MANY = 20_000;

    /** Compares two proportions, neither of nothing. */
    public static Comparison of(Proportion recent, Proportion baseline) {
        long count = recent.count() + baseline.count();
        long n = recent.n() + baseline.n();
        if (count == 0 || count == n) {
            return new Comparison(0, 1);
        }
        double z = z(recent, baseline, count, n);
        boolean many = Math.min(count, n - count) > MANY || n > Integer.MAX_VALUE;
        return new Comparison(z, many ? Erf.erfc(Math.abs(z) / Math.sqrt(2)) : exact(recent, count, n));
    }

    private static double z(Proportion recent, Proportion baseline, long count, long n) {
        double pooled = (double) count / n;
        double variance = pooled * (1 - pooled) * (1.0 / recent.n() + 1.0 / baseline.n());
        return (recent.rate() - baseline.rate()) / Math.sqrt(variance);
    }

    private static double exact(Proportion recent, long count, long n) {
        HypergeometricDistribution recentCount =
                new HypergeometricDistribution(null, (int) n, (int) count, (int) recent.n());
        int observed = (int) recent.count();
        double half = recentCount.probability(observed) / 2;
        // The tail on the observed side is summed by itself: 1 minus the other one would lose all digits of a small
        // one.
        double expected = (double) count * recent.n() / n;
        double tail = observed > expected
                ? recentCount.upperCumulativeProbability(observed + 1) + half
                : recentCount.cumulativeProbability(observed - 1) + half;
        // Near the middle of a skewed distribution the other tail, the rest, may be the smaller one.
        return 2 * Math.min(tail, 1 - tail);
    }
}

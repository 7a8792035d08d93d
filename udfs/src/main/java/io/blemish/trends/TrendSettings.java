package io.blemish.trends;

import java.io.Serializable;

/**
 * What is compared with what, and when a difference counts.
 *
 * @param recentDays days of the recent window, the day itself included; at least 1
 * @param baselineDays days of the baseline window before it; at least 1
 * @param minimumCount fewer images with the defect in both windows together are too few to tell; at least 1
 * @param falseDiscoveryRate share of signals that may be due to chance, in (0, 1)
 * @param ewmaWeight weight λ of a day in the moving average, in (0, 1]
 */
public record TrendSettings(
        int recentDays, int baselineDays, int minimumCount, double falseDiscoveryRate, double ewmaWeight)
        implements Serializable {
    public TrendSettings {
        boolean windows = recentDays >= 1 && baselineDays >= 1 && minimumCount >= 1;
        boolean rates = falseDiscoveryRate > 0 && falseDiscoveryRate < 1 && ewmaWeight > 0 && ewmaWeight <= 1;
        if (!windows || !rates) {
            throw new IllegalArgumentException("trend settings out of range: recent days " + recentDays
                    + ", baseline days " + baselineDays + ", minimum count " + minimumCount
                    + ", false discovery rate " + falseDiscoveryRate + ", EWMA weight " + ewmaWeight);
        }
    }

    /** Days that decide what is said of a day, itself included. */
    public int windowDays() {
        return recentDays + baselineDays;
    }
}

package io.blemish.trends;

import java.util.List;

/**
 * An exponentially weighted moving average of rates.
 *
 * @param value the average after the last day
 * @param limits its control limits, by the number of images of each day
 */
public record MovingAverage(double value, Limits limits) {
    /**
     * The average over the days, begun at the baseline; days without images pass it by.
     *
     * <p>The variance of a weighted sum of independent rates is the sum of their squared weights times
     * baseline (1 − baseline) / n.
     *
     * @param weight λ, in (0, 1]
     */
    public static MovingAverage of(double baseline, List<DayCount> days, double weight) {
        double value = baseline;
        double variance = 0;
        for (DayCount day : days) {
            if (day.inspected() > 0) {
                double rate = (double) day.count() / day.inspected();
                value = weight * rate + (1 - weight) * value;
                double ofDay = baseline * (1 - baseline) / day.inspected();
                variance = weight * weight * ofDay + (1 - weight) * (1 - weight) * variance;
            }
        }
        return new MovingAverage(value, Limits.around(baseline, variance));
    }
}

package io.blemish.trends;

import io.blemish.metrics.Estimate;
import java.util.List;

/**
 * What a series says on one of its days. Numbers that there is nothing to compute from are NaN.
 *
 * @param counts of the day
 * @param rate of the day, with Wilson's interval
 * @param baseline the baseline window
 * @param recent the recent window, which ends with the day
 * @param control the p-chart's limits for the day's rate
 * @param average the moving average of the recent window
 * @param comparison of recent window and baseline; z and p-value NaN where these hold too few
 */
public record TrendDay(
        DayCount counts,
        Estimate rate,
        Proportion baseline,
        Proportion recent,
        Limits control,
        MovingAverage average,
        Comparison comparison) {
    private static final Comparison NO_COMPARISON = new Comparison(Double.NaN, Double.NaN);

    /** True where the windows hold enough to be compared. */
    public boolean isTested() {
        return !Double.isNaN(comparison.pValue());
    }

    static TrendDay of(
            DayCount day, Proportion baseline, Proportion recent, List<DayCount> recentDays, TrendSettings settings) {
        double centre = baseline.rate();
        boolean based = baseline.n() > 0;
        boolean tested = based && recent.n() > 0 && recent.count() + baseline.count() >= settings.minimumCount();
        return new TrendDay(
                day,
                Estimate.share(day.count(), day.inspected()),
                baseline,
                recent,
                based ? Limits.pChart(centre, day.inspected()) : Limits.NONE,
                based
                        ? MovingAverage.of(centre, recentDays, settings.ewmaWeight())
                        : new MovingAverage(Double.NaN, Limits.NONE),
                tested ? Comparison.of(recent, baseline) : NO_COMPARISON);
    }
}

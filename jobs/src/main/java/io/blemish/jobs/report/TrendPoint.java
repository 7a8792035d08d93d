package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import io.blemish.metrics.Estimate;
import io.blemish.trends.Signal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One day of a series: a row of {@code defect_trends}. Numbers that it does not have are NaN.
 *
 * @param day when the photographs were taken
 * @param signal what the day says of its series
 * @param inspected photographs of the day that were inspected, without abstentions
 * @param count those of them with the defect
 * @param rate count by inspected, with Wilson's 95 % interval
 * @param baseline the rate of the baseline window
 * @param recent the rate of the recent window, which ends with the day, with Wilson's 95 % interval
 * @param limits the p-chart's limits for the day's rate
 * @param average exponentially weighted moving average of the rate
 * @param z how far the recent rate is from the baseline, in standard deviations
 * @param q how likely a difference as large is by chance, adjusted for all series of the day
 * @param change what a promotion changed on that day: encoder, knowledge_base or both
 */
record TrendPoint(
        LocalDate day,
        Signal signal,
        long inspected,
        long count,
        Range rate,
        double baseline,
        Estimate recent,
        Range limits,
        double average,
        double z,
        double q,
        Optional<String> change) {
    TrendPoint {
        requireNonNull(day, "day is null");
        requireNonNull(signal, "signal is null");
        requireNonNull(change, "change is null");
    }

    /** From low to high; both NaN where there is no range. */
    record Range(double low, double high) {}

    /** The day's rate; NaN when nothing was inspected. */
    double share() {
        return inspected == 0 ? Double.NaN : (double) count / inspected;
    }
}

package io.blemish.jobs.trends;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.jobs.TimeWindow;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Days from one to another, both included.
 *
 * @param first the first; empty when there is no earliest
 * @param last the last; empty when there is no latest
 */
public record DayRange(Optional<LocalDate> first, Optional<LocalDate> last) {
    public DayRange {
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
    }

    /** The days that a window of time has a part of, in the time zone. */
    public static DayRange of(TimeWindow window, ZoneId zone) {
        return new DayRange(
                window.since().map(since -> since.atZone(zone).toLocalDate()),
                window.until().map(until -> until.minusNanos(1).atZone(zone).toLocalDate()));
    }

    /** True of rows whose {@code day} is one of these. */
    Column holds() {
        Column from = first.map(day -> col("day").geq(lit(day))).orElseGet(() -> lit(true));
        return last.map(day -> from.and(col("day").leq(lit(day)))).orElse(from);
    }

    /** The time from so many days before the first to the end of the last. */
    public TimeWindow withDaysBefore(int days, ZoneId zone) {
        return new TimeWindow(
                first.map(day -> day.minusDays(days).atStartOfDay(zone).toInstant()),
                last.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()));
    }
}

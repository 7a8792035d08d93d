package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/**
 * How often defects are found, day after day, and whether that rises or falls.
 *
 * @param day the last day of any series
 * @param rising series that rise on it
 * @param falling series that fall on it
 * @param charts those that the overview draws, the clearest signal first
 * @param notDrawn series of the same grain that it leaves out
 * @param defects each defect with a page of its own, the clearest signal first
 * @param withoutPage defects that have none
 */
record Trends(
        LocalDate day,
        long rising,
        long falling,
        List<TrendSeries> charts,
        long notDrawn,
        List<DefectTrends> defects,
        long withoutPage) {
    Trends {
        requireNonNull(day, "day is null");
        charts = List.copyOf(charts);
        defects = List.copyOf(defects);
    }

    /** The same trends, their defects with photographs. */
    Trends with(List<DefectTrends> evident) {
        return new Trends(day, rising, falling, charts, notDrawn, evident, withoutPage);
    }
}

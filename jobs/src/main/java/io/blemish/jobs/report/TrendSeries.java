package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/**
 * One defect among some photographs, day after day.
 *
 * @param standing what it is of, and where it stands on its last day
 * @param points its days in the order of time, the last one included; days without photographs are left out
 */
record TrendSeries(Standing standing, List<TrendPoint> points) {
    TrendSeries {
        requireNonNull(standing, "standing is null");
        points = List.copyOf(points);
    }

    /** The first of the last days in a row that say the same. */
    LocalDate since() {
        int first = points.size() - 1;
        while (first > 0 && points.get(first - 1).signal() == standing.last().signal()) {
            first--;
        }
        return points.isEmpty() ? standing.last().day() : points.get(first).day();
    }
}

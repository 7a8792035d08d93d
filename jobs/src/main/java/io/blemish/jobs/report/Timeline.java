package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/**
 * How often defects were seen over time, at each site.
 *
 * @param first the first day of the first period
 * @param days that each period lasts
 * @param sites those with the most inspected photographs first
 * @param rows the most frequent defects, each with one series for each site
 */
record Timeline(LocalDate first, int days, List<String> sites, List<Line> rows) {
    Timeline {
        requireNonNull(first, "first is null");
        sites = List.copyOf(sites);
        rows = List.copyOf(rows);
    }

    /** One defect, with its series in the order of the sites. */
    record Line(String defect, List<Series> series) {
        Line {
            requireNonNull(defect, "defect is null");
            series = List.copyOf(series);
        }

        /** The highest share of all its series. */
        double highest() {
            return series.stream()
                    .flatMap(each -> each.points().stream())
                    .mapToDouble(Point::share)
                    .max()
                    .orElse(0);
        }
    }

    /** One defect at one site, period after period. */
    record Series(List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One period.
     *
     * @param inspected photographs that were taken in it, and inspected
     * @param count those of them that show the defect
     */
    record Point(long inspected, long count) {
        double share() {
            return inspected == 0 ? 0 : (double) count / inspected;
        }
    }

    /** How many periods there are. */
    int periods() {
        return rows.isEmpty() || sites.isEmpty()
                ? 0
                : rows.get(0).series().get(0).points().size();
    }

    /** The first day of a period. */
    LocalDate begin(int period) {
        return first.plusDays((long) days * period);
    }
}

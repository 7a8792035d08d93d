package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Defects by the values of one column: which defect is seen how often where.
 *
 * @param column what the photographs are divided by, {@code site} or {@code product}
 * @param places its values, those with the most inspected photographs first
 * @param rows defects, the most frequent first
 */
record Breakdown(String column, List<Place> places, List<Line> rows) {
    Breakdown {
        requireNonNull(column, "column is null");
        places = List.copyOf(places);
        rows = List.copyOf(rows);
    }

    /**
     * One value of the column.
     *
     * @param inspected photographs of it that were inspected
     * @param defective those of them that are defective
     */
    record Place(String name, long inspected, long defective) {
        Place {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * One defect.
     *
     * @param counts its photographs by place, in the order of the places
     */
    record Line(String defect, List<Long> counts) {
        Line {
            requireNonNull(defect, "defect is null");
            counts = List.copyOf(counts);
        }

        long total() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Inspected photographs of all places. */
    long inspected() {
        return places.stream().mapToLong(Place::inspected).sum();
    }
}

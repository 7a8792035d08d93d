package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Where a series stands on its last day.
 *
 * @param scope which photographs it is of
 * @param defect as in {@code defect_trends}: {@code *} for any
 * @param last its last day
 */
record Standing(TrendScope scope, String defect, TrendPoint last) {
    /** Those that rise first, then those that fall, the clearest first; then the others, the largest deviation first. */
    static final Comparator<Standing> BY_STRENGTH = Comparator.comparing(
                    (Standing standing) -> standing.last().signal())
            .thenComparing(standing -> standing.last().q())
            .thenComparing(standing -> -Math.abs(standing.last().z()))
            .thenComparing(Standing::defect)
            .thenComparing(standing -> standing.scope().parts().size())
            .thenComparing(standing -> standing.scope().name());

    Standing {
        requireNonNull(scope, "scope is null");
        requireNonNull(defect, "defect is null");
        requireNonNull(last, "last is null");
    }
}

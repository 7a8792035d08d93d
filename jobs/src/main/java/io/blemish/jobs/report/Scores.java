package io.blemish.jobs.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of one evaluation, found by their names.
 *
 * @param all of them
 */
record Scores(List<Score> all) {
    /** The slice that takes everything. */
    static final String ALL = "all";

    /** The slice in which each defect counts alike. */
    static final String MEAN = "mean";

    Scores {
        all = List.copyOf(all);
    }

    /** The figure of a metric that is not about heat maps, when it was measured and has a value. */
    Optional<Score> of(String metric, String slice) {
        return find(metric, slice, Optional.empty());
    }

    /** The figure of a metric of heat maps made in some way, when it was measured and has a value. */
    Optional<Score> of(String metric, String slice, String method) {
        return find(metric, slice, Optional.of(method));
    }

    private Optional<Score> find(String metric, String slice, Optional<String> method) {
        return all.stream()
                .filter(score -> score.metric().equals(metric)
                        && score.slice().equals(slice)
                        && score.method().equals(method)
                        && score.value().isPresent())
                .findFirst();
    }

    /** All figures of a metric, those of most images first. */
    List<Score> of(String metric) {
        return all.stream()
                .filter(score -> score.metric().equals(metric))
                .sorted(Comparator.comparingLong(Score::n).reversed().thenComparing(Score::slice))
                .toList();
    }

    /** The ways of making heat maps that a metric was measured for. */
    List<String> methods(String metric) {
        return all.stream()
                .filter(score -> score.metric().equals(metric))
                .flatMap(score -> score.method().stream())
                .distinct()
                .toList();
    }
}

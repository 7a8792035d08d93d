package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of an evaluation: a row of {@code evaluations}.
 *
 * @param metric its name
 * @param slice what it is over: {@code all}, {@code mean}, or a kind and a name such as {@code defect:scab}
 * @param detail what else it depends on, such as the predicted label
 * @param method how heat maps were made; empty when it is not about them
 * @param value the figure; empty when there was nothing to compute it from
 * @param low lower end of its 95 % interval, where there is one
 * @param high upper end
 * @param n images, pairs or predictions behind it
 */
record Score(
        String metric,
        String slice,
        Optional<String> detail,
        Optional<String> method,
        OptionalDouble value,
        OptionalDouble low,
        OptionalDouble high,
        long n) {
    Score {
        requireNonNull(metric, "metric is null");
        requireNonNull(slice, "slice is null");
    }

    /** What comes after the colon of the slice; the slice itself when there is none. */
    String subject() {
        return slice.substring(slice.indexOf(':') + 1);
    }

    /** The value as a percentage. */
    Optional<String> share() {
        return value.isPresent() ? Optional.of(Numbers.percent(value.getAsDouble())) : Optional.empty();
    }
}

package io.blemish.jobs.release;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A release from the moment on from which it counts.
 *
 * @param at that moment
 * @param release what counts from then on
 */
public record Promotion(Instant at, Release release) {
    public Promotion {
        requireNonNull(at, "at is null");
        requireNonNull(release, "release is null");
    }
}

package io.blemish.explain;

import static java.util.Objects.requireNonNull;

/**
 * One of the descriptions that the model ranked highest, and where it saw it.
 *
 * @param rank 1 for the most probable description
 * @param probability in [0, 1]
 * @param map of the same description
 */
public record Evidence(int rank, double probability, HeatMap map) {
    /** Checks the ranges. */
    public Evidence {
        requireNonNull(map, "map is null");
        if (rank < 1) {
            throw new IllegalArgumentException("rank " + rank + " is below 1");
        }

        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability + " is outside [0, 1]");
        }
    }
}

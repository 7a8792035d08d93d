package io.blemish.samples;

import java.time.LocalDate;

/** Photographs that are drawn fast, for tests. */
final class Small {
    private Small() {}

    static SampleOptions options(long seed, SampleOptions.Mix mix) {
        return new SampleOptions(seed, 150, 260, mix, LocalDate.of(2026, 6, 30));
    }

    /** One defect on each. */
    static SampleOptions.Mix single() {
        return new SampleOptions.Mix(0, 0, 0);
    }

    /** Where the centre square of the shorter side begins, which is all that CLIP sees. */
    static int margin(int side, int other) {
        return Math.max(0, (side - other) / 2);
    }
}

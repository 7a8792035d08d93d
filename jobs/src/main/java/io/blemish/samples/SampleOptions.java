package io.blemish.samples;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.time.LocalDate;

/**
 * What photographs to draw.
 *
 * @param seed fixes everything: photograph i of a seed is the same however many are drawn, by however many threads
 * @param shortest pixels of the longer side, at least
 * @param longest pixels of the longer side, at most
 * @param mix how many defects a fruit has
 * @param lastDay the last of the {@link Provenance#DAYS} days over which the photographs are taken
 */
public record SampleOptions(long seed, int shortest, int longest, Mix mix, LocalDate lastDay) {
    public SampleOptions {
        requireNonNull(mix, "mix is null");
        requireNonNull(lastDay, "lastDay is null");
        if (shortest < 64 || longest < shortest || longest > 4096) {
            throw UserException.cannot(
                    "draw photographs",
                    "their longer side cannot be " + shortest + " to " + longest + " pixels",
                    "Choose bounds between 64 and 4096");
        }
    }

    /**
     * Shares of the photographs, by the number of defects; the rest has one.
     *
     * @param sound with none
     * @param two with two
     * @param three with three
     */
    public record Mix(double sound, double two, double three) {
        public Mix {
            if (!(sound >= 0 && two >= 0 && three >= 0 && sound + two + three <= 1)) {
                throw UserException.cannot(
                        "draw photographs",
                        "the shares of fruit with none, two and three defects are " + sound + ", " + two + " and "
                                + three,
                        "Choose shares from 0 on, of 1 in all at most");
            }
        }
    }

    /** 300 to 1200 pixels, 40 % sound, 9 % with two defects and 3 % with three. */
    public static SampleOptions of(long seed) {
        return new SampleOptions(seed, 300, 1200, new Mix(0.4, 0.09, 0.03), LocalDate.of(2026, 6, 30));
    }
}

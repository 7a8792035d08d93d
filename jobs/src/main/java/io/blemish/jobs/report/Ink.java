package io.blemish.jobs.report;

import java.util.Locale;
import java.util.Optional;

/**
 * What the marks of a chart mean. A chart is drawn in stand-in colours, one for each meaning; the style sheet says what
 * they look like, in the light and in the dark.
 */
enum Ink {
    TEXT,
    GRID,
    INTERVAL,
    LIMIT,
    BASELINE,
    AVERAGE,
    RATE,
    RISING,
    FALLING,
    CHANGE;

    /** The stand-in, a colour that is close to black and to no other stand-in. */
    String colour() {
        return String.format(Locale.ROOT, "#0101%02x", ordinal() + 1);
    }

    /** The colour as the page has it. */
    String variable() {
        return "var(--chart-" + name().toLowerCase(Locale.ROOT) + ")";
    }

    /** The meaning of a colour, written as {@code #rrggbb} or {@code rgb(r,g,b)}; empty for other colours. */
    static Optional<Ink> of(String colour) {
        for (Ink ink : values()) {
            if (colour.equals(ink.colour()) || colour.equals("rgb(1,1," + (ink.ordinal() + 1) + ")")) {
                return Optional.of(ink);
            }
        }
        return Optional.empty();
    }
}

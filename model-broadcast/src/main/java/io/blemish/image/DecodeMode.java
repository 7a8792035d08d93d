package io.blemish.image;

import io.blemish.error.UserException;
import java.util.Locale;

/** How faithfully photographs are decoded; the setting {@code image.decode}. */
public enum DecodeMode {
    /** Every pixel, equal to Pillow's. */
    EXACT,
    /**
     * JPEGs far larger than the crop are decoded at 1/4 or 1/8 of their size, progressive ones at 1/2 too, and keep at
     * least twice the crop's side.
     */
    FAST;

    /** The value of the setting. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the setting. */
    public static DecodeMode parse(String value) {
        for (DecodeMode mode : values()) {
            if (mode.label().equals(value)) {
                return mode;
            }
        }

        throw UserException.cannot("read image.decode", "the value is unknown (" + value + ")", "Use exact or fast");
    }
}

package io.blemish.image;

import io.blemish.error.UserException;
import java.util.Locale;

/** What becomes of the EXIF orientation of a photograph; the setting {@code image.orientation}. */
public enum Orientation {
    /** The picture is turned upright before anything looks at it. */
    APPLY,
    /** The picture is taken as it is stored, as OpenAI's preprocessing does. */
    IGNORE;

    /** The value of the setting. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the setting. */
    public static Orientation parse(String value) {
        for (Orientation orientation : values()) {
            if (orientation.label().equals(value)) {
                return orientation;
            }
        }

        throw UserException.cannot(
                "read image.orientation", "the value is unknown (" + value + ")", "Use apply or ignore");
    }
}

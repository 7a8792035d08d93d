package io.blemish.samples;

import java.util.Locale;

/**
 * How bad a defect is: how large it is among defects of its kind, whose sizes differ (a cut covers less of a fruit than a
 * mould does).
 */
public enum Severity {
    MINOR,
    MODERATE,
    SEVERE;

    /**
     * Of a size from 0, as small as defects of the kind get, to 1, as large.
     */
    static Severity of(float size) {
        if (size < 0.3f) {
            return MINOR;
        }
        return size < 0.65f ? MODERATE : SEVERE;
    }

    /** As truths name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

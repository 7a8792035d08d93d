package io.blemish.trends;

import java.util.Locale;

/** What a day says of its series. */
public enum Signal {
    RISING,
    FALLING,
    STEADY,
    TOO_FEW;

    /** The signal's name in tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signal that a table names so. */
    public static Signal ofText(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** True for those that are more than chance. */
    public boolean isRaised() {
        return this == RISING || this == FALLING;
    }

    /**
     * The signal of a day.
     *
     * @param q the day's p-value, adjusted for all series of the day; NaN where it was not tested
     * @param z the direction
     * @param falseDiscoveryRate share of signals that may be due to chance
     */
    public static Signal of(double q, double z, double falseDiscoveryRate) {
        if (Double.isNaN(q)) {
            return TOO_FEW;
        } else if (q > falseDiscoveryRate || z == 0) {
            return STEADY;
        }
        return z > 0 ? RISING : FALLING;
    }
}

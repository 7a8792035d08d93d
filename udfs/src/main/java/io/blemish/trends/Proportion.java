package io.blemish.trends;

/**
 * A count of n.
 *
 * @param count how many
 * @param n of how many
 */
public record Proportion(long count, long n) {
    /** The proportion of nothing. */
    static final Proportion NONE = new Proportion(0, 0);

    public Proportion {
        if (count < 0 || count > n) {
            throw new IllegalArgumentException(count + " of " + n);
        }
    }

    /** count / n; NaN of nothing. */
    public double rate() {
        return n == 0 ? Double.NaN : (double) count / n;
    }

    Proportion plus(DayCount day) {
        return new Proportion(count + day.count(), n + day.inspected());
    }

    Proportion minus(DayCount day) {
        return new Proportion(count - day.count(), n - day.inspected());
    }
}

package io.blemish.jobs.maintain;

import static java.util.Objects.requireNonNull;

/**
 * What a check found in a table.
 *
 * @param check what was asked
 * @param table the table
 * @param weight whether something must be done
 * @param count rows, images or ids that it concerns
 * @param example one of them
 * @param cure what to do about it
 */
public record Finding(String check, String table, Weight weight, long count, String example, String cure) {
    public Finding {
        requireNonNull(check, "check is null");
        requireNonNull(table, "table is null");
        requireNonNull(weight, "weight is null");
        requireNonNull(example, "example is null");
        requireNonNull(cure, "cure is null");
    }

    /** How much a finding means. */
    public enum Weight {
        /** A promise of the tables is broken. */
        DEFECT,
        /** Nothing is wrong, but somebody may want to know. */
        NOTE
    }
}

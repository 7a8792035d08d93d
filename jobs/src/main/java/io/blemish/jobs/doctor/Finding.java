package io.blemish.jobs.doctor;

import static java.util.Objects.requireNonNull;

/**
 * One thing that was looked at.
 *
 * @param verdict how it is
 * @param subject what was looked at
 * @param detail what was found
 * @param cure what to do about it; empty when it is well
 */
public record Finding(Verdict verdict, String subject, String detail, String cure) {
    /** How a thing is. */
    public enum Verdict {
        /** As it must be. */
        WELL,
        /** It works, and could be better or safer. */
        DOUBTFUL,
        /** A run would fail. */
        ILL
    }

    /** Checks that nothing is missing. */
    public Finding {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(cure, "cure is null");
    }

    static Finding well(String subject, String detail) {
        return new Finding(Verdict.WELL, subject, detail, "");
    }

    static Finding doubtful(String subject, String detail, String cure) {
        return new Finding(Verdict.DOUBTFUL, subject, detail, cure);
    }

    static Finding ill(String subject, String detail, String cure) {
        return new Finding(Verdict.ILL, subject, detail, cure);
    }
}

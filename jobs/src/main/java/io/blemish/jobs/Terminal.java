package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;

/**
 * Where a command answers and where it tells how it is getting on.
 *
 * <p>Standard output carries the answer alone: one line of JSON, or the table that a person reads. Progress and errors
 * go to standard error, and so does the table when the answer is JSON.
 */
public final class Terminal {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Answer answer;
    private final Chatter chatter;

    /** The form of the answer. */
    public enum Answer {
        TABLE,
        JSON
    }

    /** How much is told while a job works. */
    public enum Chatter {
        /** One line that is written over again and again: a person watches. */
        LIVE,
        /** A line now and then: a log is written. */
        LOG,
        /** Nothing but errors. */
        QUIET
    }

    /** A terminal that writes to the two writers. */
    public Terminal(PrintWriter out, PrintWriter err, Answer answer, Chatter chatter) {
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.answer = requireNonNull(answer, "answer is null");
        this.chatter = requireNonNull(chatter, "chatter is null");
    }

    /** The form of the answer. */
    public Answer answer() {
        return answer;
    }

    /** How much is told while a job works. */
    public Chatter chatter() {
        return chatter;
    }

    /** Prints a line of the answer to standard output. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints text for a person: to standard output when that is the answer, else to standard error. */
    public void tell(String text) {
        PrintWriter writer = answer == Answer.JSON ? err : out;
        if (answer == Answer.TABLE || chatter != Chatter.QUIET) {
            writer.println(text);
            writer.flush();
        }
    }

    /** Prints a line to standard error. */
    public void warn(String line) {
        err.println(line);
        err.flush();
    }

    /** Replaces the line that a person watches. */
    void live(String line) {
        err.print("\r\033[K" + line);
        err.flush();
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last thing that a job tells: what was done, what was rejected and why, and what to run next.
 *
 * @param title one sentence
 * @param entries counted outcomes, in the order in which they are shown
 * @param notes sentences below the table
 * @param next the command that comes next, when one does
 * @param exit how the command ends
 */
public record Summary(String title, List<Entry> entries, List<String> notes, Optional<String> next, ExitCode exit) {
    public Summary {
        requireNonNull(title, "title is null");
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
        requireNonNull(next, "next is null");
        requireNonNull(exit, "exit is null");
    }

    /**
     * One counted outcome.
     *
     * @param what what was counted
     * @param count how many
     * @param remark why, or what to do about it; may be empty
     */
    public record Entry(String what, long count, String remark) {
        public Entry {
            requireNonNull(what, "what is null");
            requireNonNull(remark, "remark is null");
        }
    }

    /** A job that ended well, with its outcomes yet to be added. */
    public static Summary titled(String title) {
        return new Summary(title, List.of(), List.of(), Optional.empty(), ExitCode.DONE);
    }

    /** This summary with one more outcome. */
    public Summary with(String what, long count, String remark) {
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(new Entry(what, count, remark));
        return new Summary(title, longer, notes, next, exit);
    }

    /** This summary with one more sentence below the table. */
    public Summary note(String sentence) {
        List<String> longer = new ArrayList<>(notes);
        longer.add(sentence);
        return new Summary(title, entries, longer, next, exit);
    }

    /** This summary with the command that comes next. */
    public Summary next(String command) {
        return new Summary(title, entries, notes, Optional.of(command), exit);
    }

    /** This summary, ending with {@link ExitCode#TOO_MANY_BAD} when the share of bad ones exceeds the limit. */
    public Summary limited(long bad, long all, double limit) {
        boolean exceeded = all > 0 && (double) bad / all > limit;
        return exceeded ? new Summary(title, entries, notes, next, ExitCode.TOO_MANY_BAD) : this;
    }

    /** The summary as a short table. */
    public String text() {
        TextTable table = new TextTable();
        for (Entry entry : entries) {
            table.row(List.of("  " + entry.what(), String.format(Locale.ROOT, "%,d", entry.count()), entry.remark()));
        }
        List<String> lines = new ArrayList<>(List.of(Printable.text(title)));
        lines.addAll(table.lines());
        notes.forEach(note -> lines.add("  " + Printable.text(note)));
        next.ifPresent(command -> lines.add("Next: " + Printable.text(command)));
        return String.join(System.lineSeparator(), lines);
    }
}

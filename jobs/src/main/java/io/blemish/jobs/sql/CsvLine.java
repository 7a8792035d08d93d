package io.blemish.jobs.sql;

import java.util.List;
import java.util.StringJoiner;

/**
 * A line of comma-separated values as RFC 4180 has them. A text that a spreadsheet would take for a formula begins with an
 * apostrophe, which makes it text again: names of files and captions come from people.
 */
final class CsvLine {
    /** What a formula begins with, or a cell that a spreadsheet strips to one. */
    private static final String FORMULA = "=+-@\t\r\n";

    private CsvLine() {}

    /** A value: null is an empty cell, an empty text one of two quotes. */
    record Cell(String text, Kind kind) {
        private String shown() {
            return kind == Kind.TEXT ? harmless(text) : text;
        }
    }

    /** Whether a person may have written the value. */
    enum Kind {
        TEXT,
        NUMBER
    }

    /** The line, without its end. */
    static String of(List<Cell> cells) {
        StringJoiner line = new StringJoiner(",");
        for (Cell cell : cells) {
            boolean nothing = cell.text() == null;
            // A line with nothing in it would be no row to most readers.
            line.add(nothing && cells.size() > 1 ? "" : quoted(nothing ? "" : cell.shown()));
        }
        return line.toString();
    }

    private static String harmless(String text) {
        return text.isEmpty() || FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

package io.blemish.jobs.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** On which line of a text file a row begins: a row of CSV may hold line breaks in quotes, and blank lines are none. */
final class LineNumbers {
    private LineNumbers() {}

    /**
     * The line, from 1, of the row, from 0 without the header.
     *
     * @return empty when the list has no lines (Parquet), or lies in several files
     */
    static Optional<Long> of(Path list, Configuration hadoop, long row) {
        String name = list.getName().toLowerCase(Locale.ROOT);
        try {
            FileSystem files = list.getFileSystem(hadoop);
            if (name.endsWith(".parquet") || !files.getFileStatus(list).isFile()) {
                return Optional.empty();
            }
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(files.open(list), StandardCharsets.UTF_8))) {
                boolean csv = name.endsWith(".csv");
                return csv ? rowOfCsv(reader, row + 1) : nonBlank(reader, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + list + " again", e);
        }
    }

    private static Optional<Long> nonBlank(BufferedReader reader, long row) throws IOException {
        long number = 0;
        long seen = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank() && seen++ == row) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** The row from 0, the header being the first. */
    private static Optional<Long> rowOfCsv(BufferedReader reader, long row) throws IOException {
        long number = 0;
        long seen = 0;
        boolean quoted = false;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!quoted && !line.isBlank() && seen++ == row) {
                return Optional.of(number);
            }
            quoted = endsQuoted(line, quoted);
        }
        return Optional.empty();
    }

    /** Whether a quotation is open at the end of the line; one opens only where a cell begins. */
    private static boolean endsQuoted(String line, boolean openBefore) {
        boolean open = openBefore;
        boolean cellBegins = true;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (open) {
                // A doubled quote closes and opens again.
                open = c != '"';
                cellBegins = !open;
            } else if (c == '"' && cellBegins) {
                open = true;
            } else {
                cellBegins = c == ',';
            }
        }
        return open;
    }
}

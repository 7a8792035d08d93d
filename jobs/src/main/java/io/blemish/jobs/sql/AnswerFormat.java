package io.blemish.jobs.sql;

import io.blemish.error.UserException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The forms that an answer can have. */
public enum AnswerFormat {
    /** A table for people; on a terminal that it is too wide for, records. */
    TABLE,
    /** For people too: a block of lines for each row, a line for each column. */
    RECORDS,
    /** Comma-separated values as RFC 4180 has them, safe to be opened by a spreadsheet. */
    CSV,
    /** One JSON object a line. */
    JSON,
    /** A folder of Parquet files. */
    PARQUET;

    private static final Map<String, AnswerFormat> EXTENSIONS =
            Map.of("csv", CSV, "json", JSON, "jsonl", JSON, "ndjson", JSON, "parquet", PARQUET);

    /** True for the forms that people read. */
    public boolean forPeople() {
        return this == TABLE || this == RECORDS;
    }

    /**
     * The form that the name of a file or folder asks for.
     *
     * @throws UserException when its extension says nothing
     */
    public static AnswerFormat ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(EXTENSIONS.get(extension))
                .orElseThrow(() -> UserException.cannot(
                        "export to " + name,
                        "its name does not say in which form",
                        "Add --format csv, json or parquet, or choose a name that ends with .csv, .jsonl or .parquet"));
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.error.UserException;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A stretch of time, half-open, so that the windows of a schedule that touch have nothing in common and leave nothing out.
 *
 * <p>What has no time is in no window that is bounded, and in the one that is not.
 *
 * @param since the first moment of it; empty when it has no beginning
 * @param until the first moment after it; empty when it has no end
 */
public record TimeWindow(Optional<Instant> since, Optional<Instant> until) {
    private static final TimeWindow ALWAYS = new TimeWindow(Optional.empty(), Optional.empty());

    public TimeWindow {
        requireNonNull(since, "since is null");
        requireNonNull(until, "until is null");
    }

    /** The window that holds everything, also what has no time. */
    public static TimeWindow always() {
        return ALWAYS;
    }

    /**
     * The window that the texts of {@code --since} and {@code --until} name.
     *
     * @throws UserException when one is neither a date nor an instant, or nothing lies between them
     */
    public static TimeWindow of(Optional<String> since, Optional<String> until) {
        TimeWindow window = new TimeWindow(
                since.map(text -> instant("--since", text)), until.map(text -> instant("--until", text)));
        if (since.isPresent() && until.isPresent() && !window.since.get().isBefore(window.until.get())) {
            throw UserException.cannot(
                    "look at the time from " + since.get() + " to " + until.get(),
                    "it has no length: --until names the first moment after it",
                    "Name a later --until, such as the next day");
        }
        return window;
    }

    private static Instant instant(String option, String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw UserException.cannot(
                    "use " + option + " " + Printable.text(text),
                    "it is neither a date nor an instant",
                    "Give a date such as 2025-03-01, which begins at 00:00 UTC, or an instant such as 2025-03-01T06:00:00Z",
                    e);
        }
    }

    /** True when neither end is given. */
    public boolean isAlways() {
        return equals(ALWAYS);
    }

    /** True of rows whose time in the column lies within. */
    public Column holds(String column) {
        Column from = since.map(first -> col(column).geq(lit(first))).orElseGet(() -> lit(true));
        Column to = until.map(end -> col(column).lt(lit(end))).orElseGet(() -> lit(true));
        return from.and(to);
    }

    /** The rows whose time in the column lies within. */
    public Dataset<Row> of(Dataset<Row> rows, String column) {
        return isAlways() ? rows : rows.where(holds(column));
    }

    /** The rows that speak, by their {@code image_id}, of photographs that were taken within, as the table images says. */
    Dataset<Row> ofPhotographs(Warehouse warehouse, Dataset<Row> rows) {
        if (isAlways()) {
            return rows;
        }
        warehouse.require("Run blemish ingest first", ImagesTable.DEFINITION);
        Dataset<Row> taken =
                of(warehouse.read(ImagesTable.DEFINITION), "captured_at").select("image_id");
        return rows.join(taken, new String[] {"image_id"}, "left_semi");
    }

    /** Tells the run, so that what it wrote can be told from what a run without this window would have written. */
    void report(JobRun run) {
        since.ifPresent(first -> run.identify("since", first.toString()));
        until.ifPresent(end -> run.identify("until", end.toString()));
    }

    /** The window as the end of a sentence: nothing, or for example {@code , from 2025-03-01T00:00:00Z}. */
    @Override
    public String toString() {
        return since.map(first -> ", from " + first).orElse("")
                + until.map(end -> ", before " + end).orElse("");
    }
}

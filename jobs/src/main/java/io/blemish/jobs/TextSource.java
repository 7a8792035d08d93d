package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.tables.Identifiers;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where texts come from: lines of a file, a column of a table in a file, or the captions in a warehouse. */
final class TextSource {
    private TextSource() {}

    /** The lines of a text file in UTF-8, without empty ones and without white space around them. */
    static List<String> lines(Path file) {
        requireFile(file);
        try (Stream<String> lines = Files.lines(file)) {
            return usable(lines, file);
        } catch (IOException | UncheckedIOException e) {
            Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
            String reason = cause instanceof CharacterCodingException ? "it is not UTF-8" : cause.toString();
            throw refused(file, reason, e);
        }
    }

    /** The values of a column of a CSV file with a header, without empty ones. */
    static List<String> column(SparkSession spark, Path file, String column) {
        requireFile(file);
        Dataset<Row> rows = spark.read()
                .option("header", true)
                .option("multiLine", true)
                .option("escape", "\"")
                .option("mode", "FAILFAST")
                .csv(file.toUri().toString());
        List<String> columns = Arrays.asList(rows.columns());
        if (!columns.contains(column)) {
            throw refused(file, "it has no column " + column + " but " + String.join(", ", columns), null);
        }

        List<Row> values = rows.select(rows.col(Identifiers.escaped(column))).collectAsList();
        return usable(values.stream().map(row -> row.getString(0)), file);
    }

    /** The captions of photographs that were taken within the window, those that each source stated last of an image. */
    static List<String> captions(Warehouse warehouse, TimeWindow window) {
        Dataset<Row> rows = window.ofPhotographs(warehouse, CaptionSource.captions(warehouse));
        List<String> captions = rows.select("value").collectAsList().stream()
                .map(row -> row.getString(0).strip())
                .filter(text -> !text.isEmpty())
                .toList();
        if (captions.isEmpty()) {
            throw UserException.cannot(
                    "train on the captions of " + warehouse,
                    "its table truths has none" + window,
                    "Import captions with blemish truth import first");
        }
        return captions;
    }

    private static List<String> usable(Stream<String> texts, Path file) {
        List<String> usable = texts.filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        if (usable.isEmpty()) {
            throw refused(file, "it holds no text", null);
        }
        return usable;
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw refused(file, "there is no such file", null);
        }
    }

    private static UserException refused(Path file, String cause, Exception revealedBy) {
        return UserException.cannot(
                "read the texts of " + file,
                cause,
                "Give a text file in UTF-8, or a CSV file with a header and --column",
                revealedBy);
    }
}

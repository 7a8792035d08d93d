package io.blemish.jobs.truth;

import io.blemish.error.UserException;
import io.blemish.jobs.ingest.CaptureTime;
import io.blemish.jobs.ingest.FilePaths;
import io.blemish.metrics.Mask;
import io.blemish.tables.TruthsTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes a row of {@link TruthFile#SCHEMA} of a row of the list: its number, then {@link TruthFile#COLUMNS} as text,
 * blanks as null.
 *
 * @param base what relative names of images are relative to
 * @param folder what relative names of masks are relative to
 * @param source of rows that name none
 * @param maskColour of masks whose row names none; null when there is none
 */
record TruthReading(
        String base, String folder, String source, String maskColour, Broadcast<SerializableConfiguration> hadoop)
        implements MapFunction<Row, Row> {
    private static final List<String> KINDS =
            List.of(TruthsTable.LABEL, TruthsTable.SEVERITY, TruthsTable.CAPTION, TruthsTable.MASK);
    private static final Pattern IMAGE_ID = Pattern.compile("[0-9a-f]{64}");

    /** The columns of one row of the list. */
    private record Given(
            String image,
            String kind,
            String value,
            String maskUri,
            String maskColour,
            String source,
            String author,
            String statedAt) {}

    @Override
    public Row call(Row row) {
        long number = row.getLong(0);
        Given given = new Given(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
        Optional<String> problem = problem(given);
        try {
            return problem.isPresent() ? flawed(number, given, problem.get()) : read(number, given);
        } catch (UserException | IOException | IllegalArgumentException e) {
            return flawed(number, given, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> problem(Given given) {
        if (given.image == null || given.kind == null || given.value == null) {
            String empty = given.image == null ? "image" : given.kind == null ? "kind" : "value";
            return Optional.of("its " + empty + " is empty");
        }
        if (!KINDS.contains(given.kind)) {
            return Optional.of("its kind is " + given.kind + ", not one of " + String.join(", ", KINDS));
        }
        boolean mask = given.kind.equals(TruthsTable.MASK);
        if (mask && given.maskUri == null) {
            return Optional.of("a mask has no mask_uri");
        }
        if (!mask && (given.maskUri != null || given.maskColour != null)) {
            return Optional.of("a " + given.kind + " has a mask_uri or a mask_colour");
        }
        if (given.statedAt != null && CaptureTime.parse(given.statedAt).isEmpty()) {
            return Optional.of("its stated_at is no time: " + given.statedAt);
        }
        return Optional.empty();
    }

    private Row read(long number, Given given) throws IOException {
        boolean mask = given.kind.equals(TruthsTable.MASK);
        boolean isId = IMAGE_ID.matcher(given.image).matches();
        String colour = given.maskColour == null ? maskColour : given.maskColour;
        Instant statedAt = given.statedAt == null
                ? null
                : CaptureTime.parse(given.statedAt).orElseThrow();
        return RowFactory.create(
                number,
                null,
                given.image,
                isId ? given.image : null,
                isId ? null : uri(base, given.image),
                given.kind,
                given.value,
                mask ? uri(folder, given.maskUri) : null,
                mask && colour != null ? "%06x".formatted(Mask.colour(colour)) : null,
                given.source == null ? source : given.source,
                given.author,
                statedAt);
    }

    private String uri(String folder, String name) throws IOException {
        Path path = new Path(FilePaths.path(folder), FilePaths.parse(name));
        return FilePaths.uri(path.getFileSystem(hadoop.value().value()).makeQualified(path));
    }

    private static Row flawed(long number, Given given, String problem) {
        return RowFactory.create(number, problem, given.image, null, null, null, null, null, null, null, null, null);
    }
}

package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code files}: one row for each listed version of a file, taken in or rejected.
 *
 * <p>A version is (uri, length, modified_at). A version that could not be read for a passing reason ({@code missing},
 * {@code unreadable}, {@code changed}) is tried again by every later ingest and then has one row for each try; any
 * other has exactly one. Append-only; written by {@code ingest} alone, after {@code images}: every {@code ok} row has
 * its image.
 */
public final class FilesTable {
    public static final String NAME = "files";

    /** The file's content is a row of {@code images}. */
    public static final String OK = "ok";

    /** The file gave no image; {@code reject_code} and {@code reject_reason} say why. */
    public static final String REJECTED = "rejected";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each listed version of a file")
            .required("uri", DataTypes.StringType, "Where the file lies, as a URI")
            .optional(
                    "length",
                    DataTypes.LongType,
                    "Bytes, as listed; null when a manifest names a file that is not there")
            .optional("modified_at", DataTypes.TimestampType, "Last change of the file, as listed, UTC")
            .optional(
                    "image_id",
                    DataTypes.StringType,
                    "SHA-256 of the bytes in hexadecimal; null when they were not read")
            .optional("product", DataTypes.StringType, "What is shown, from the layout or the manifest")
            .optional("site", DataTypes.StringType, "Plant")
            .optional("line", DataTypes.StringType, "Production line")
            .optional("lot", DataTypes.StringType, "Lot or batch")
            .optional("captured_at", DataTypes.TimestampType, "When the photograph was taken, UTC")
            .required("status", DataTypes.StringType, "ok or rejected")
            .optional("reject_code", DataTypes.StringType, "Why the file was rejected, in one word; null when ok")
            .wide("reject_reason", DataTypes.StringType, "Why the file was rejected, in a sentence; null when ok")
            .wide("warning", DataTypes.StringType, "What was odd about a file that was kept; null when nothing was")
            .required("ingested_at", DataTypes.TimestampType, "When the ingest that wrote the row began, UTC")
            .required("run_id", DataTypes.StringType, "The ingest that wrote the row")
            .wide("attributes", Types.STRINGS, "Further groups of the layout or columns of the manifest")
            .key("uri", "length", "modified_at")
            .build();

    private FilesTable() {}
}

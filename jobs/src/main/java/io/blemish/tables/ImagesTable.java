package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * {@code images}: one row for each distinct content that can be decoded, with the metadata of the first file that had
 * it.
 *
 * <p>{@code part} is {@link #PARTS_PER_INGEST} times the number of the ingest plus the number of the task that wrote
 * the row. It is constant within a data file, so that a range of parts reads only its own files. Append-only; written
 * by {@code ingest} alone.
 */
public final class ImagesTable {
    public static final String NAME = "images";

    /** Parts that one ingest may have: the distance between the first parts of two ingests. */
    public static final long PARTS_PER_INGEST = 1_000_000L;

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each distinct image that can be decoded")
            .required("image_id", DataTypes.StringType, "SHA-256 of the bytes in hexadecimal")
            .required(
                    "uri",
                    DataTypes.StringType,
                    "Its first file, by captured_at and then uri, of the ingest that brought it")
            .optional("product", DataTypes.StringType, "What is shown, from the layout or the manifest")
            .optional("site", DataTypes.StringType, "Plant")
            .optional("line", DataTypes.StringType, "Production line")
            .optional("lot", DataTypes.StringType, "Lot or batch")
            .optional("captured_at", DataTypes.TimestampType, "When the photograph was taken, UTC")
            .required("width", DataTypes.IntegerType, "Pixels in a row, as stored, before the orientation is applied")
            .required("height", DataTypes.IntegerType, "Rows of pixels, as stored, before the orientation is applied")
            .required("format", DataTypes.StringType, "Format by content, such as jpeg or png")
            .required("orientation", DataTypes.IntegerType, "EXIF orientation, 1 to 8; 1 when none is given")
            .required("byte_length", DataTypes.LongType, "Bytes of the encoded image")
            .required(
                    "part", DataTypes.LongType, "Ingest number x 1,000,000 + task number; constant within a data file")
            .wide("attributes", Types.STRINGS, "Further groups of the layout or columns of the manifest")
            .wide("content", DataTypes.BinaryType, "The encoded image; null when it is kept by reference to uri")
            .uncompressed()
            .key("image_id")
            .asWritten()
            .build();

    private ImagesTable() {}
}

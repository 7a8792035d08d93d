package io.blemish.jobs.ingest;

import io.blemish.image.ImageHeader;
import io.blemish.tables.FilesTable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is known of a file after it was read: a candidate's columns, the verdict, and the image's header.
 *
 * <p>{@code …, image_id, status, reject_code, reject_reason, width, height, format, orientation, byte_length}
 */
public final class Facts {
    /** The columns of a row. */
    public static final StructType SCHEMA = Candidates.SCHEMA
            .add("image_id", DataTypes.StringType)
            .add("status", DataTypes.StringType, false)
            .add("reject_code", DataTypes.StringType)
            .add("reject_reason", DataTypes.StringType)
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("format", DataTypes.StringType)
            .add("orientation", DataTypes.IntegerType)
            .add("byte_length", DataTypes.LongType);

    private static final int WARNING = Candidates.SCHEMA.fieldIndex("warning");

    private Facts() {}

    /** A file that is an image. */
    static Row ok(Row candidate, String imageId, ImageHeader header, long byteLength, String warning) {
        return extended(
                candidate,
                warning,
                imageId,
                FilesTable.OK,
                null,
                null,
                header.width(),
                header.height(),
                header.format(),
                header.orientation(),
                byteLength);
    }

    /** A file that is none; {@code imageId} is null when its bytes were not read. */
    static Row rejected(Row candidate, String imageId, String code, String reason) {
        return extended(candidate, null, imageId, FilesTable.REJECTED, code, reason, null, null, null, null, null);
    }

    private static Row extended(Row candidate, String warning, Object... more) {
        Object[] values = new Object[candidate.size() + more.length];
        for (int i = 0; i < candidate.size(); i++) {
            values[i] = candidate.get(i);
        }
        if (warning != null) {
            values[WARNING] = values[WARNING] == null ? warning : values[WARNING] + "; " + warning;
        }
        System.arraycopy(more, 0, values, candidate.size(), more.length);
        return RowFactory.create(values);
    }
}

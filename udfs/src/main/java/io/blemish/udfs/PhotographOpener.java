package io.blemish.udfs;

import io.blemish.image.DecodedImage;
import io.blemish.image.DecoderProcess;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageRejectedException;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Opens the photographs of one task, whether their bytes are at hand or have to be read; from the third attempt of the
 * task on in a child JVM, since one may have killed the executor.
 */
final class PhotographOpener {
    /** The third attempt, counted from 0. */
    private static final int CAUTIOUS_ATTEMPT = 2;

    private final PhotographReader reader;
    private final Decoder decoder;

    private PhotographOpener(PhotographReader reader, Decoder decoder) {
        this.reader = reader;
        this.decoder = decoder;
    }

    /** Decodes a photograph, in this JVM or in a child, and uses it. */
    private interface Decoder {
        <T> T decode(byte[] content, int side, Function<DecodedImage, T> use) throws ImageRejectedException;
    }

    /**
     * The opener of a task; what it holds is let go when the task completes.
     *
     * @param hadoop how to reach images that are kept by reference
     */
    static PhotographOpener of(
            TaskContext task, InspectorSettings.Preparation preparation, Broadcast<SerializableConfiguration> hadoop) {
        PhotographReader reader = new PhotographReader(hadoop.value().value(), preparation.maxBytes());
        return new PhotographOpener(reader, decoder(task, preparation));
    }

    private static Decoder decoder(TaskContext task, InspectorSettings.Preparation preparation) {
        if (task.attemptNumber() < CAUTIOUS_ATTEMPT) {
            ImageDecoder decoder = new ImageDecoder(preparation.options());
            return new Decoder() {
                @Override
                public <T> T decode(byte[] content, int side, Function<DecodedImage, T> use)
                        throws ImageRejectedException {
                    return decoder.decode(content, side, use);
                }
            };
        }
        DecoderProcess child = new DecoderProcess(preparation.options());
        task.addTaskCompletionListener((TaskCompletionListener) completed -> child.close());
        return new Decoder() {
            @Override
            public <T> T decode(byte[] content, int side, Function<DecodedImage, T> use) throws ImageRejectedException {
                return child.decode(content, side, use);
            }
        };
    }

    /**
     * Opens a photograph and uses it.
     *
     * @param row where the bytes are, or, when they are null, the name of the file
     * @param columns where in the row
     * @param side in pixels, that the use needs
     */
    <T> T open(Row row, Columns columns, int side, Function<DecodedImage, T> use) throws ImageRejectedException {
        byte[] content = row.isNullAt(columns.content())
                ? reader.read(row.getString(columns.uri()), row.getString(columns.imageId()))
                : row.getAs(columns.content());
        return decoder.decode(content, side, use);
    }

    /** Positions of the columns {@code image_id}, {@code uri} and {@code content}. */
    record Columns(int imageId, int uri, int content) {}
}

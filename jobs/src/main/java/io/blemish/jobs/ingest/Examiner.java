package io.blemish.jobs.ingest;

import static java.util.Objects.requireNonNull;

import io.blemish.image.DecodeOptions;
import io.blemish.image.DecodedImage;
import io.blemish.image.DecoderProcess;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageHeader;
import io.blemish.image.ImageRejectedException;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads each file once, in the order of the partition: its identity, its header, and whether every pixel can be
 * decoded. One file is in memory at a time.
 *
 * <p>Decoding is the only way to know that a photograph is whole; what passes here is not rejected later. From a task's
 * third attempt on it happens in a child process, so that an image that kills its decoder is a rejected file and not a
 * failed job.
 */
public final class Examiner implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** Enough to decode by; the pixels are thrown away. */
    private static final int SIDE = 224;

    /** The third attempt: two have died already, perhaps of an image, which must not end the job with a fourth. */
    private static final int FENCED_ATTEMPT = 2;

    private static final int URI = Candidates.SCHEMA.fieldIndex("uri");
    private static final int LENGTH = Candidates.SCHEMA.fieldIndex("length");

    /** Decodes an image, in this process or in another. */
    private interface Decoder {
        Row decode(byte[] content, Function<DecodedImage, Row> use) throws ImageRejectedException;
    }

    private final ReadLimits limits;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final LongAccumulator examined;

    /**
     * An examiner of candidates.
     *
     * @param examined counts the files, for progress: a file that is examined again counts again
     */
    public Examiner(ReadLimits limits, Broadcast<SerializableConfiguration> hadoop, LongAccumulator examined) {
        this.limits = requireNonNull(limits, "limits is null");
        this.hadoop = requireNonNull(hadoop, "hadoop is null");
        this.examined = requireNonNull(examined, "examined is null");
    }

    @Override
    public Iterator<Row> call(Iterator<Row> candidates) {
        Decoder decoder = decoder(limits.decodeOptions());
        Configuration configuration = hadoop.value().value();
        return new MappedIterator<>(candidates, candidate -> {
            Row facts = examine(candidate, decoder, configuration);
            examined.add(1);
            return facts;
        });
    }

    private static Decoder decoder(DecodeOptions options) {
        TaskContext task = TaskContext.get();
        if (task == null || task.attemptNumber() < FENCED_ATTEMPT) {
            ImageDecoder decoder = new ImageDecoder(options);
            return (content, use) -> decoder.decode(content, SIDE, use);
        }
        DecoderProcess child = new DecoderProcess(options);
        task.addTaskCompletionListener((TaskCompletionListener) ended -> child.close());
        return (content, use) -> child.decode(content, SIDE, use);
    }

    private Row examine(Row candidate, Decoder decoder, Configuration configuration) {
        byte[] content;
        try {
            content = content(candidate, configuration);
        } catch (FileContent.NotReadException e) {
            return Facts.rejected(candidate, null, e.code(), e.getMessage());
        }
        String imageId = FileContent.sha256(content);
        try {
            return decoder.decode(content, image -> {
                ImageHeader header = image.header();
                return Facts.ok(
                        candidate,
                        imageId,
                        header,
                        content.length,
                        image.warning().orElse(null));
            });
        } catch (ImageRejectedException e) {
            return Facts.rejected(candidate, imageId, e.code().code(), e.getMessage());
        }
    }

    private byte[] content(Row candidate, Configuration configuration) throws FileContent.NotReadException {
        if (!candidate.isNullAt(LENGTH) && candidate.getLong(LENGTH) > limits.maxBytes()) {
            throw FileContent.tooLong(candidate.getLong(LENGTH), limits.maxBytes());
        }
        return FileContent.read(FilePaths.path(candidate.getString(URI)), limits.maxBytes(), configuration);
    }
}

package io.blemish.udfs;

import io.blemish.image.CropGeometry;
import io.blemish.image.DecodedImage;
import io.blemish.image.DecoderProcess;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageProcessor;
import io.blemish.image.ImageRejectedException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Crops of photographs whose bytes lie in the row or in a file, decoded in this JVM or in a child. */
final class PhotographCrops implements CropSource {
    /** The third attempt, counted from 0. */
    private static final int CAUTIOUS_ATTEMPT = 2;

    private final PhotographReader reader;
    private final Decoder decoder;
    private final ImageProcessor processor;
    private final StageClock clock;

    private PhotographCrops(PhotographReader reader, Decoder decoder, ImageProcessor processor, StageClock clock) {
        this.reader = reader;
        this.decoder = decoder;
        this.processor = processor;
        this.clock = clock;
    }

    /**
     * The crops of a task, from its third attempt on by way of a child JVM, which ends with the task: one of the photographs may have
     * killed the executor.
     *
     * @param hadoop how to reach images that are kept by reference
     */
    static PhotographCrops of(
            TaskContext task,
            InspectorSettings.Preparation preparation,
            Broadcast<SerializableConfiguration> hadoop,
            StageClock clock) {
        Configuration configuration = hadoop.value().value();
        if (task.attemptNumber() < CAUTIOUS_ATTEMPT) {
            return here(preparation, configuration, clock);
        }
        DecoderProcess child = new DecoderProcess(preparation.options());
        task.addTaskCompletionListener((TaskCompletionListener) completed -> child.close());
        return apart(preparation, child, configuration, clock);
    }

    /** Decodes in this JVM. */
    static PhotographCrops here(InspectorSettings.Preparation preparation, Configuration hadoop, StageClock clock) {
        ImageDecoder decoder = new ImageDecoder(preparation.options());
        return of(preparation, decoder::decode, hadoop, clock);
    }

    /** Decodes in a child, which the caller ends: an image that kills it fails alone. */
    static PhotographCrops apart(
            InspectorSettings.Preparation preparation, DecoderProcess child, Configuration hadoop, StageClock clock) {
        return of(preparation, child::decode, hadoop, clock);
    }

    private static PhotographCrops of(
            InspectorSettings.Preparation preparation, Decoder decoder, Configuration hadoop, StageClock clock) {
        PhotographReader reader = new PhotographReader(hadoop, preparation.maxBytes());
        return new PhotographCrops(reader, decoder, preparation.processor(), clock);
    }

    /** Decodes a photograph and uses it. */
    @FunctionalInterface
    private interface Decoder {
        CropGeometry decode(byte[] content, int side, Function<DecodedImage, CropGeometry> use)
                throws ImageRejectedException;
    }

    @Override
    public CropGeometry crop(Row image, byte[] target, int offset) throws ImageRejectedException {
        clock.enter(Stage.READ);
        byte[] content = InspectionRows.content(image);
        if (content == null) {
            content = reader.read(InspectionRows.uri(image), InspectionRows.imageId(image));
        }
        clock.enter(Stage.DECODE);
        return decoder.decode(content, processor.side(), decoded -> {
            clock.enter(Stage.RESIZE);
            processor.pixels(decoded, target, offset);
            return processor.geometry(decoded.sourceWidth(), decoded.sourceHeight());
        });
    }
}

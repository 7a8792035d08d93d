package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.checkpoint.Precision;
import io.blemish.image.DecodeOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Whose captions' words to explain, and with what.
 *
 * @param clip folder of the CLIP checkpoint that the captions were made with
 * @param captions the captioner that wrote them
 * @param where a condition that an inspection must meet, in the language of verdict rules
 * @param window when the photographs were taken
 * @param precision of the encoder; empty for that of the inspections
 * @param device where the models compute
 * @param batchSize photographs of one forward
 * @param decode how photographs are decoded
 * @param chunkImages images whose words are appended together, at least
 * @param takeOver when the work of another run may be taken from it
 */
public record WordsOptions(
        Path clip,
        CaptionOptions captions,
        Optional<String> where,
        TimeWindow window,
        Optional<Precision> precision,
        DeviceChoice device,
        int batchSize,
        DecodeOptions decode,
        int chunkImages,
        Claim.TakeOver takeOver) {
    /** Some ten rows an image, of a grid each. */
    private static final int CHUNK_IMAGES = 20_000;

    public WordsOptions {
        requireNonNull(clip, "clip is null");
        requireNonNull(captions, "captions is null");
        requireNonNull(where, "where is null");
        requireNonNull(window, "window is null");
    }

    /** What the configuration says, with the options that have no key. */
    public static WordsOptions of(
            SparkSession spark,
            Configuration configuration,
            Path clip,
            CaptionOptions captions,
            Optional<String> where,
            Claim.TakeOver takeOver) {
        DeviceChoice device = InspectOptions.device(spark, configuration.value(Keys.DEVICE));
        return new WordsOptions(
                clip,
                captions,
                where,
                TimeWindow.always(),
                Precision.parse(configuration.value(Keys.PRECISION)),
                device,
                InspectOptions.batchSize(configuration, device),
                InspectOptions.decode(configuration),
                CHUNK_IMAGES,
                takeOver);
    }

    /** The same of photographs that were taken within the window. */
    public WordsOptions within(TimeWindow taken) {
        return new WordsOptions(
                clip, captions, where, taken, precision, device, batchSize, decode, chunkImages, takeOver);
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.image.DecodeLimits;
import io.blemish.jobs.evaluate.Samples;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What to evaluate, and how.
 *
 * @param encoder encoder_id, the beginning of one, or the name of a checkpoint; empty when there is only one
 * @param knowledge kb_id, the beginning of one, or the name of a knowledge base; empty when there is only one
 * @param clip folder of the encoder's checkpoint; without it nothing is measured that needs the model
 * @param source whose truths count; empty for everybody's
 * @param frequencies file with fixed document frequencies for CIDEr-D; empty for those of the references
 * @param window when the photographs were taken
 * @param words words of the truths, with what they mean in the knowledge base
 * @param device where the model computes
 * @param batchSize images of one forward
 * @param limits what a photograph or a mask may cost
 * @param samples how many images the costly measures look at
 */
public record EvaluateOptions(
        Optional<String> encoder,
        Optional<String> knowledge,
        Optional<Path> clip,
        Optional<String> source,
        Optional<Path> frequencies,
        TimeWindow window,
        Map<String, String> words,
        DeviceChoice device,
        int batchSize,
        DecodeLimits limits,
        Samples samples) {
    public EvaluateOptions {
        requireNonNull(window, "window is null");
        requireNonNull(device, "device is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(samples, "samples is null");
        words = Map.copyOf(words);
    }

    /** What the configuration says, with the options that have no key. */
    public static EvaluateOptions of(
            SparkSession spark,
            Configuration configuration,
            Optional<String> encoder,
            Optional<String> knowledge,
            Optional<Path> clip,
            Optional<String> source,
            Map<String, String> words) {
        DeviceChoice device = InspectOptions.device(spark, configuration.value(Keys.DEVICE));
        return new EvaluateOptions(
                encoder,
                knowledge,
                clip,
                source,
                Optional.empty(),
                TimeWindow.always(),
                words,
                device,
                InspectOptions.batchSize(configuration, device),
                InspectOptions.decode(configuration).limits(),
                new Samples(
                        configuration.value(Keys.EVALUATE_CURVE_IMAGES),
                        configuration.value(Keys.EVALUATE_CURVE_STEPS),
                        configuration.value(Keys.EVALUATE_SANITY_IMAGES),
                        configuration.value(Keys.EVALUATE_CAPTION_IMAGES)));
    }

    /** The same with fixed document frequencies. */
    public EvaluateOptions withFrequencies(Path file) {
        return new EvaluateOptions(
                encoder, knowledge, clip, source, Optional.of(file), window, words, device, batchSize, limits, samples);
    }

    /** The same of photographs that were taken within the window. */
    public EvaluateOptions within(TimeWindow taken) {
        return new EvaluateOptions(
                encoder, knowledge, clip, source, frequencies, taken, words, device, batchSize, limits, samples);
    }
}

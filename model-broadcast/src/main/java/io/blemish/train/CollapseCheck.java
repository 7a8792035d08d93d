package io.blemish.train;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether captions depend on their images. A mapper that has collapsed makes the language model say the same of every image, or something
 * likely of any.
 *
 * @param images that captions were written for
 * @param different captions among those that were written
 * @param differentTruths captions among as many that were given for these images
 * @param loss of the validation captions behind the prefixes of their images
 * @param exchangedLoss of the same behind those of other images
 */
public record CollapseCheck(int images, int different, int differentTruths, double loss, double exchangedLoss) {
    /** By what share of the loss exchanged prefixes must be worse. */
    private static final double LEAST_GAIN = 0.02;

    /** The least share that the written captions have of the variety of the given ones. */
    private static final double LEAST_VARIETY = 0.1;

    /** Whether there is reason to doubt that captions depend on their images. */
    public boolean collapsed() {
        boolean indifferent = exchangedLoss < loss * (1 + LEAST_GAIN);
        boolean monotonous =
                (differentTruths > 1 && different < 2) || different < LEAST_VARIETY * Math.min(images, differentTruths);
        return indifferent || monotonous;
    }

    /** In one line. */
    public String told() {
        return String.format(
                Locale.ROOT,
                "%d different captions for %d images; loss %.4f, and %.4f behind the prefixes of other images",
                different,
                images,
                loss,
                exchangedLoss);
    }

    /** What is wrong and what to try, if something is. */
    public Optional<String> warning() {
        return collapsed()
                ? Optional.of("Captions hardly depend on the image: " + told()
                        + ". Try another --rate, more --epochs, a longer --prefix-length, --mapper transformer, --normalise or"
                        + " --tune-lm; or captions that tell images apart")
                : Optional.empty();
    }
}

package io.blemish.image;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the bytes of any image file into pixels, or into a {@link ImageRejectedException} with a code and a reason;
 * nothing else comes out but an {@link OutOfMemoryError}. Safe for use by many threads at once.
 */
public final class ImageDecoder {
    private static final int LONGEST_WARNING = 500;

    /** A reduced picture keeps at least twice the crop's side, so that the bicubic filter still has the last word. */
    private static final int LEAST_REDUCED = 2;

    private final DecodeOptions options;
    private final DecodeBudget budget;

    /** A decoder that shares the budget of this JVM. */
    public ImageDecoder(DecodeOptions options) {
        this(options, DecodeBudget.shared());
    }

    /** A decoder with a budget of its own. */
    public ImageDecoder(DecodeOptions options, DecodeBudget budget) {
        this.options = requireNonNull(options, "options is null");
        this.budget = requireNonNull(budget, "budget is null");
    }

    /** Reads the header and holds it against the limits; decodes nothing. */
    public ImageHeader probe(byte[] content) throws ImageRejectedException {
        return open(content).header();
    }

    /**
     * Decodes a picture.
     *
     * @param content the whole file
     * @param targetSide the side of the crop that the pixels are for: what {@link DecodeMode#FAST} orients itself by
     */
    public DecodedImage decode(byte[] content, int targetSide) throws ImageRejectedException {
        return decode(content, targetSide, Function.identity());
    }

    /**
     * Decodes a picture and uses it while the budget still accounts for its memory.
     *
     * @param use makes what is needed of the pixels, and keeps no reference to them
     */
    public <T> T decode(byte[] content, int targetSide, Function<DecodedImage, T> use) throws ImageRejectedException {
        Picture picture =
                options.mode() == DecodeMode.FAST ? open(content).reduced(LEAST_REDUCED * targetSide) : open(content);
        ImageHeader header = picture.header();
        int orientation = options.orientation() == Orientation.APPLY ? header.orientation() : 1;
        long copy = orientation == 1 ? 0 : 3L * header.width() * header.height();
        List<String> warnings = new ArrayList<>();
        boolean swapped = Upright.swapsSides(orientation);
        int sourceWidth = swapped ? header.height() : header.width();
        int sourceHeight = swapped ? header.width() : header.height();
        DecodeBudget.Share share = budget.acquire(picture.decodedBytes() + copy);
        try (share) {
            RgbImage upright = Upright.turn(pixels(picture, warnings), orientation);
            return use.apply(new DecodedImage(upright, header, sourceWidth, sourceHeight, summary(warnings)));
        }
    }

    private Picture open(byte[] content) throws ImageRejectedException {
        DecodeLimits limits = options.limits();
        if (content.length > limits.maxBytes()) {
            throw new ImageRejectedException(
                    RejectCode.TOO_MANY_BYTES, content.length + " bytes exceed the limit of " + limits.maxBytes());
        }

        Picture picture = ContentFormat.of(content).open(content);
        limits.check(picture.header());
        return picture;
    }

    private RgbImage pixels(Picture picture, List<String> warnings) throws ImageRejectedException {
        Deadline deadline = new Deadline(options.limits().maxTime());
        try {
            RgbImage pixels = picture.pixels(deadline, warnings::add);
            requireWhole(picture, pixels, warnings);
            return pixels;
        } catch (IOException | RuntimeException failure) {
            throw rejection(failure, deadline);
        }
    }

    private static void requireWhole(Picture picture, RgbImage pixels, List<String> warnings)
            throws ImageRejectedException {
        ImageHeader header = picture.header();
        boolean full = pixels.width() == header.width() && pixels.height() == header.height();
        boolean reduced = pixels.width() == divided(header.width(), picture.reduction())
                && pixels.height() == divided(header.height(), picture.reduction());
        if (!full && !reduced) {
            throw new ImageRejectedException(
                    RejectCode.CORRUPT, "the picture is not of the size that its header states");
        }
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("missing eoi") || lower.contains("premature end")) {
                throw new ImageRejectedException(RejectCode.TRUNCATED, "the picture ends early: " + warning);
            }
        }
    }

    private static int divided(int size, int reduction) {
        return (size + reduction - 1) / reduction;
    }

    private ImageRejectedException rejection(Exception failure, Deadline deadline) {
        if (deadline.passed()) {
            String reason =
                    "decoding took longer than " + options.limits().maxTime().toMillis() + " ms";
            return new ImageRejectedException(RejectCode.TIMED_OUT, reason, failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return new ImageRejectedException(RejectCode.TRUNCATED, "the picture ends early", failure);
            }
        }

        String said = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new ImageRejectedException(RejectCode.CORRUPT, "the decoder gave up: " + shortened(said), failure);
    }

    private static Optional<String> summary(List<String> warnings) {
        return warnings.isEmpty() ? Optional.empty() : Optional.of(shortened(String.join("; ", warnings)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_WARNING ? text : text.substring(0, LONGEST_WARNING) + "…";
    }
}

package io.blemish.image;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A photograph in memory.
 *
 * @param pixels with the orientation applied if the options say so; in {@link DecodeMode#FAST} possibly smaller than
 *     the source
 * @param header what the file says
 * @param sourceWidth the full width of the photograph in the orientation of {@code pixels}: the space of crop and heat
 *     map
 * @param sourceHeight the full height in the same orientation
 * @param warning what the decoder complained of although it produced the picture; empty when it did not
 */
public record DecodedImage(
        RgbImage pixels, ImageHeader header, int sourceWidth, int sourceHeight, Optional<String> warning) {
    /** Checks that everything is stated. */
    public DecodedImage {
        requireNonNull(pixels, "pixels is null");
        requireNonNull(header, "header is null");
        requireNonNull(warning, "warning is null");
    }
}

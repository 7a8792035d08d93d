package io.blemish.image;

import static java.util.Objects.requireNonNull;

/**
 * Decoded pixels: what Pillow's {@code Image.open(file).convert("RGB")} holds.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code height × width × 3} samples, 0 to 255 unsigned, red, green and blue interleaved, rows from the top;
 *     not copied
 */
public record RgbImage(int width, int height, byte[] rgb) {
    /** Checks that the samples fill the image exactly. */
    public RgbImage {
        requireNonNull(rgb, "rgb is null");
        if (width < 1 || height < 1 || 3L * width * height != rgb.length) {
            throw new IllegalArgumentException(
                    rgb.length + " samples do not fill " + width + " x " + height + " RGB pixels");
        }
    }
}

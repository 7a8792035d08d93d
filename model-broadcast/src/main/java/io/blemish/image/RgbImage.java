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

    /**
     * A rectangle of it, copied.
     *
     * @throws IllegalArgumentException when the rectangle is empty or reaches beyond the image
     */
    public RgbImage part(int left, int top, int partWidth, int partHeight) {
        if (left < 0
                || top < 0
                || partWidth < 1
                || partHeight < 1
                || left > width - partWidth
                || top > height - partHeight) {
            throw new IllegalArgumentException("a rectangle of " + partWidth + " x " + partHeight + " pixels at " + left
                    + ", " + top + " does not lie in an image of " + width + " x " + height);
        }

        byte[] part = new byte[3 * partWidth * partHeight];
        for (int row = 0; row < partHeight; row++) {
            System.arraycopy(rgb, 3 * ((top + row) * width + left), part, 3 * row * partWidth, 3 * partWidth);
        }
        return new RgbImage(partWidth, partHeight, part);
    }
}

package io.blemish.image;

import static java.util.Objects.requireNonNull;

/**
 * What a file says about its picture before any pixel is decoded.
 *
 * @param format {@code jpeg}, {@code png}, {@code gif}, {@code bmp}, {@code tiff} or {@code webp}, by content, whatever
 *     the name
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param orientation EXIF orientation, 1 to 8; 1 when absent or invalid
 */
public record ImageHeader(String format, int width, int height, int orientation) {
    /** Checks the orientation; sizes are checked against limits later. */
    public ImageHeader {
        requireNonNull(format, "format is null");
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation is " + orientation);
        }
    }
}

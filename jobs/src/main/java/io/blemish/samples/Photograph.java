package io.blemish.samples;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A generated photograph.
 *
 * @param image the picture, three bytes a point, red, green, blue, in sRGB
 * @param jpegQuality the quality that it is to be stored with, 0.60 to 0.95
 * @param masks for each of {@link Truth#marks}, row by row, 255 where the picture shows it and 0 elsewhere
 * @param truth what is true of it
 */
public record Photograph(BufferedImage image, float jpegQuality, List<byte[]> masks, Truth truth) {
    public Photograph {
        masks = List.copyOf(masks);
    }
}

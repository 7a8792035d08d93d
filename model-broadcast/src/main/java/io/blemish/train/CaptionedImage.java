package io.blemish.train;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An image's embedding with what is said of the image.
 *
 * @param imageId of the image
 * @param embedding as the image tower gives it, not normalised
 * @param captions at least one
 */
public record CaptionedImage(String imageId, float[] embedding, List<String> captions) {
    /** Checks that something is said. */
    public CaptionedImage {
        requireNonNull(imageId, "imageId is null");
        requireNonNull(embedding, "embedding is null");
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(imageId + " has no caption");
        }
    }
}

package io.blemish.explain;

import static java.util.Objects.requireNonNull;

import io.blemish.image.CropGeometry;
import io.blemish.image.Region;

/**
 * The size of a photograph, and what of it the model saw.
 *
 * @param width of the upright photograph, in pixels
 * @param height of the upright photograph, in pixels
 * @param seen the crop, in pixels of the upright photograph
 */
public record View(int width, int height, Region seen) {
    /** Checks that there is something to see. */
    public View {
        requireNonNull(seen, "seen is null");
        if (width < 1 || height < 1 || !(seen.width() > 0 && seen.height() > 0)) {
            throw new IllegalArgumentException("nothing of " + width + " x " + height + " pixels is seen by " + seen);
        }
    }

    /** The view of a crop. */
    public static View of(CropGeometry geometry) {
        return new View(geometry.sourceWidth(), geometry.sourceHeight(), geometry.region());
    }
}

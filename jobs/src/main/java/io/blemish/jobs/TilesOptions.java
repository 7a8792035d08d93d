package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.image.DecodeLimits;
import java.util.Optional;

/**
 * Which heat maps to draw, and how.
 *
 * @param which all inspected images, or defective ones
 * @param where a condition that an inspection must meet too, in the language of verdict rules
 * @param window when the photographs were taken
 * @param size pixels of the photograph's longer side on a tile
 * @param opacity of the colour where relevance is highest
 * @param limits what a photograph may cost
 * @param chunkImages images whose tiles are appended together, at least
 * @param takeOver when the work of another run may be taken from it
 */
public record TilesOptions(
        Which which,
        Optional<String> where,
        TimeWindow window,
        int size,
        double opacity,
        DecodeLimits limits,
        int chunkImages,
        Claim.TakeOver takeOver) {
    /** A tile has some 200 kB: so many images, of six tiles each, make an append of some gigabytes. */
    private static final int CHUNK_IMAGES = 5_000;

    public TilesOptions {
        requireNonNull(which, "which is null");
        requireNonNull(where, "where is null");
        requireNonNull(window, "window is null");
    }

    /** A choice of images. */
    public enum Which {
        NONE,
        DEFECTIVE,
        ALL
    }

    /** What the configuration says, with the options that have no key. */
    public static TilesOptions of(
            Configuration configuration, Which which, Optional<String> where, Claim.TakeOver takeOver) {
        return new TilesOptions(
                which,
                where,
                TimeWindow.always(),
                configuration.value(Keys.TILES_SIZE),
                configuration.value(Keys.TILES_OPACITY),
                InspectOptions.decode(configuration).limits(),
                CHUNK_IMAGES,
                takeOver);
    }

    /** The same of photographs that were taken within the window. */
    public TilesOptions within(TimeWindow taken) {
        return new TilesOptions(which, where, taken, size, opacity, limits, chunkImages, takeOver);
    }
}

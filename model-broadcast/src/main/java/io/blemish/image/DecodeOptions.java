package io.blemish.image;

import static java.util.Objects.requireNonNull;

/**
 * How images are decoded. Orientation and mode change pixels, and so belong to the fingerprint of a run; limits do not.
 *
 * @param orientation whether EXIF orientation is applied
 * @param mode exact, or faster and nearly so
 * @param limits what an image may cost
 */
public record DecodeOptions(Orientation orientation, DecodeMode mode, DecodeLimits limits) {
    /** Checks that everything is stated. */
    public DecodeOptions {
        requireNonNull(orientation, "orientation is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(limits, "limits is null");
    }

    /** Upright, exact, within the default limits. */
    public static DecodeOptions defaults() {
        return new DecodeOptions(Orientation.APPLY, DecodeMode.EXACT, DecodeLimits.defaults());
    }
}

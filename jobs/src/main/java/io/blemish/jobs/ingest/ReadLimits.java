package io.blemish.jobs.ingest;

import static java.util.Objects.requireNonNull;

import io.blemish.image.DecodeLimits;
import io.blemish.image.DecodeMode;
import io.blemish.image.DecodeOptions;
import io.blemish.image.Orientation;
import java.io.Serializable;
import java.time.Duration;

/**
 * {@link DecodeLimits} on their way to the tasks.
 *
 * @param maxBytes the longest file
 * @param maxPixels the largest product of width and height
 * @param maxSide the longest side in pixels
 * @param maxAspect the largest ratio of the longer side to the shorter one
 * @param maxTime the longest time that decoding may take
 */
public record ReadLimits(long maxBytes, long maxPixels, int maxSide, double maxAspect, Duration maxTime)
        implements Serializable {
    public ReadLimits {
        requireNonNull(maxTime, "maxTime is null");
    }

    /** How ingest decodes: exactly, and with the stored orientation, for it looks at no pixel. */
    public DecodeOptions decodeOptions() {
        DecodeLimits limits = new DecodeLimits(maxBytes, maxPixels, maxSide, maxAspect, maxTime);
        return new DecodeOptions(Orientation.IGNORE, DecodeMode.EXACT, limits);
    }
}

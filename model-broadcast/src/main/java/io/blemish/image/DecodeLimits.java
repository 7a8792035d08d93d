package io.blemish.image;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What an image may cost, checked against its header before anything is allocated.
 *
 * @param maxBytes the longest file
 * @param maxPixels the largest product of width and height
 * @param maxSide the longest side in pixels
 * @param maxAspect the largest ratio of the longer side to the shorter one
 * @param maxTime the longest time that decoding may take, wall clock
 */
public record DecodeLimits(long maxBytes, long maxPixels, int maxSide, double maxAspect, Duration maxTime) {
    /** Checks that every limit admits something. */
    public DecodeLimits {
        requireNonNull(maxTime, "maxTime is null");
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1 || maxAspect < 1 || maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("a limit admits no image at all");
        }
    }

    /** 64 MiB, 50 megapixels, sides of 65,535, aspect 16:1, 10 seconds. */
    public static DecodeLimits defaults() {
        return new DecodeLimits(64L << 20, 50_000_000, 65_535, 16, Duration.ofSeconds(10));
    }

    /** Admits a header or rejects it with the figure that is over its limit. */
    void check(ImageHeader header) throws ImageRejectedException {
        int longer = Math.max(header.width(), header.height());
        int shorter = Math.min(header.width(), header.height());
        String size = header.width() + " x " + header.height() + " pixels";
        if (shorter < 1) {
            throw new ImageRejectedException(RejectCode.CORRUPT, "the header states an empty picture of " + size);
        }
        if (longer > maxSide) {
            throw new ImageRejectedException(RejectCode.TOO_LARGE, size + " exceed the longest side of " + maxSide);
        }
        if ((long) longer * shorter > maxPixels) {
            throw new ImageRejectedException(
                    RejectCode.TOO_LARGE, size + " exceed the limit of " + maxPixels + " pixels");
        }
        if (longer > maxAspect * shorter) {
            throw new ImageRejectedException(
                    RejectCode.EXTREME_ASPECT, size + " exceed the aspect ratio of " + maxAspect);
        }
    }
}

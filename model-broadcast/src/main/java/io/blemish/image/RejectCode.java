package io.blemish.image;

import java.util.Locale;

/**
 * Why a file yields no pixels. The codes are stored in the tables {@code files} and {@code inspections}: they never
 * change.
 */
public enum RejectCode {
    /** No bytes. */
    EMPTY,
    /** More bytes than {@link DecodeLimits#maxBytes()}. */
    TOO_MANY_BYTES,
    /** The content is of no image format: text, HTML, SVG, an archive, noise. */
    NOT_AN_IMAGE,
    /** An image, in a format or a variant that is not decoded. */
    UNSUPPORTED,
    /** The file ends, or its picture ends, before the last pixel. */
    TRUNCATED,
    /** The content contradicts its format. */
    CORRUPT,
    /** More pixels, or a longer side, than the limits allow. */
    TOO_LARGE,
    /** One side is more than {@link DecodeLimits#maxAspect()} times the other. */
    EXTREME_ASPECT,
    /** Decoding took longer than {@link DecodeLimits#maxTime()}. */
    TIMED_OUT,
    /** The bytes could not be had from storage. */
    UNREADABLE,
    /** The bytes are no longer those that were ingested. */
    CHANGED,
    /** The decoder's process died of this image. */
    CRASHED_DECODER;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The stored form, {@code lower_snake}. */
    public String code() {
        return code;
    }
}

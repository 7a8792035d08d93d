package io.blemish.udfs;

import java.util.Locale;

/** What a task spends its time on, in the order in which an image passes through. */
public enum Stage {
    /** Waiting for the next rows of the scan, and reading and hashing images that are kept by reference. */
    READ,
    /** From encoded bytes to pixels. */
    DECODE,
    /** From pixels to the crop that the model sees. */
    RESIZE,
    /** Waiting for the device. */
    WAIT,
    /** The model: embedding, scores and heat maps. */
    FORWARD,
    /** The language model: captions, and how they agree with the image. */
    CAPTION,
    /** From scores to a row. */
    LABEL;

    /** The name in {@code runs.stage_seconds}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

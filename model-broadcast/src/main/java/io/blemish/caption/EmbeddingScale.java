package io.blemish.caption;

/** How an embedding goes into a mapper: as at training, or the prefix means nothing. */
public enum EmbeddingScale {
    /** As the image tower gives it. */
    RAW,
    /** Divided by its length, as some published mappers want it. */
    UNIT
}

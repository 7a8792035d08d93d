package io.blemish.lm;

/** Where a block of OPT normalises, and whether anything is normalised after the last block. */
public enum NormPlace {
    /** Before attention and before the feed-forward network, and once more after the last block: every OPT but one. */
    BEFORE,
    /** Before both, and not after the last block: checkpoints with {@code _remove_final_layer_norm}. */
    BEFORE_NOT_LAST,
    /** After each residual sum: OPT-350m. */
    AFTER;

    /** Whether the output of the last block is normalised before it is compared with the vocabulary. */
    public boolean last() {
        return this == BEFORE;
    }
}

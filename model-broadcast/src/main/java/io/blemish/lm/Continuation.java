package io.blemish.lm;

/**
 * A text that a language model has written behind a prefix.
 *
 * @param ids its tokens, without the one that ends it
 * @param logProbability the natural logarithm of its probability, as the model has it at a temperature of 1: the sum over its tokens,
 *     the one that ends it included if it was written
 */
public record Continuation(int[] ids, double logProbability) {
    /** The tokens as a tokenizer takes them. */
    public long[] longs() {
        long[] longs = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            longs[i] = ids[i];
        }
        return longs;
    }
}

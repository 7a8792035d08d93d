package io.blemish.checkpoint;

/** Turns text into the numbers that a text model reads. Implementations may be used by several threads at once. */
public interface Tokenizer extends AutoCloseable {
    /** The token ids of a text, special tokens included, never more than the tokenizer's maximum and never padded. */
    long[] encode(String text);

    @Override
    void close();
}

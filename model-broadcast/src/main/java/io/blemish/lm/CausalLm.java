package io.blemish.lm;

import io.blemish.checkpoint.ByteLevelTokenizer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A causal language model on a device: what it says about the next token of a text, and the texts that it writes. A text may begin with
 * vectors that stand where embeddings of tokens do, its prefix: in prefix tuning something else than the model has made them (Li and
 * Liang, Prefix-Tuning, 2021, arXiv 2101.00190).
 *
 * <p>{@link CausalLms} opens one. Several threads may use it at once. What it answers for a row is, up to rounding, what it would answer
 * for that row alone.
 */
public interface CausalLm extends AutoCloseable {
    /** The width of the vectors of a prefix, and of embeddings. */
    int width();

    /** The number of tokens, whose ids begin with 0. */
    int vocabulary();

    /** The most tokens of a text, the vectors of its prefix included. */
    int positions();

    /** The token that ends a text. */
    long end();

    /**
     * The tokenizer, which lives as long as the model.
     *
     * @throws io.blemish.error.UserException if the checkpoint has none
     */
    ByteLevelTokenizer tokenizer();

    /** The embeddings of tokens: what a prefix of these tokens would be. */
    float[][] embeddings(long[] ids);

    /**
     * What the vectors of prefixes, and then tokens, say about the next token.
     *
     * @param prefixes of each row; equally many vectors, or none
     * @param ids of each row behind its prefix; any number, unless both are none
     * @return for each row as many vectors as it has of both together, as wide as the vocabulary: logits, before the softmax, float32
     */
    float[][][] logits(float[][][] prefixes, long[][] ids);

    /**
     * Writes texts behind prefixes, in one native call.
     *
     * @param prefixes of each row; equally many vectors, at least one
     * @param seeds one for each row: with {@link Decoding#seed} they decide all draws of the row, whatever other rows there are
     * @return for each row the texts asked for, best first: as a search ranks them, or by probability
     */
    List<List<Continuation>> decode(float[][][] prefixes, long[] seeds, Decoding decoding);

    /** The same where nothing is drawn, or the rows' numbers may be their seeds. */
    default List<List<Continuation>> decode(float[][][] prefixes, Decoding decoding) {
        return decode(prefixes, LongStream.range(0, prefixes.length).toArray(), decoding);
    }

    /** Frees the weights. No call may be under way. */
    @Override
    void close();
}

package io.blemish.caption;

import io.blemish.lm.CausalLm;
import io.blemish.lm.Continuation;
import io.blemish.lm.Decoding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Says of images what they show: a mapper makes prefixes of their embeddings, and a language model writes on. May be used by several
 * threads at once. Mapper and language model stay their owner's, who closes them.
 *
 * <pre>{@code
 * Captioner captioner = new Captioner(mapper, lm, bundle.prompt());
 * String caption = captioner.caption(embeddings, bundle.decoding()).get(0).get(0).text();
 * }</pre>
 */
public final class Captioner {
    private final PrefixMapper mapper;
    private final CausalLm lm;
    private final CaptionTokens tokens;
    private final float[][] prompt;

    /**
     * A captioner.
     *
     * @param prompt that stands between prefix and caption, as at the mapper's training; empty for none
     */
    public Captioner(PrefixMapper mapper, CausalLm lm, String prompt) {
        if (mapper.config().width() != lm.width()) {
            throw new IllegalArgumentException(
                    "A mapper for embeddings of " + mapper.config().width()
                            + " cannot serve a language model whose embeddings are " + lm.width() + " wide");
        }
        this.mapper = mapper;
        this.lm = lm;
        this.tokens = new CaptionTokens(lm.tokenizer(), prompt, lm.end());
        this.prompt = lm.embeddings(tokens.prompt());
    }

    /**
     * Captions of images.
     *
     * @param embeddings as the image tower gives them, not normalised
     * @param seeds one for each image: with {@link Decoding#seed} they decide what is drawn for it
     * @return for each image the captions asked for, best first
     */
    public List<List<Caption>> caption(float[][] embeddings, long[] seeds, Decoding decoding) {
        float[][][] prefixes = mapper.prefixes(embeddings);
        for (int i = 0; i < prefixes.length && prompt.length > 0; i++) {
            prefixes[i] = prompted(prefixes[i]);
        }
        return lm.decode(prefixes, seeds, decoding).stream()
                .map(row -> row.stream().map(this::caption).toList())
                .toList();
    }

    /** The same where nothing is drawn, or the images' numbers may be their seeds. */
    public List<List<Caption>> caption(float[][] embeddings, Decoding decoding) {
        return caption(embeddings, LongStream.range(0, embeddings.length).toArray(), decoding);
    }

    private Caption caption(Continuation continuation) {
        return new Caption(tokens.text(continuation.longs()), continuation.logProbability());
    }

    private float[][] prompted(float[][] prefix) {
        float[][] both = Arrays.copyOf(prefix, prefix.length + prompt.length);
        System.arraycopy(prompt, 0, both, prefix.length, prompt.length);
        return both;
    }
}

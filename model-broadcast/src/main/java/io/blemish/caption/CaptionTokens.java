package io.blemish.caption;

import io.blemish.checkpoint.ByteLevelTokenizer;
import java.util.Arrays;

/**
 * Captions as tokens. No token begins a caption: the prefix does. Behind a prompt a caption begins with a space, as a word does within a
 * text.
 */
public final class CaptionTokens {
    private final ByteLevelTokenizer tokenizer;
    private final String prompt;
    private final long end;

    /**
     * Captions in a language model's tokens.
     *
     * @param prompt between prefix and caption; empty for none
     * @param end the token that ends a text
     */
    public CaptionTokens(ByteLevelTokenizer tokenizer, String prompt, long end) {
        this.tokenizer = tokenizer;
        this.prompt = prompt.strip();
        this.end = end;
    }

    /** The prompt's tokens. */
    public long[] prompt() {
        return prompt.isEmpty() ? new long[0] : tokenizer.own(prompt);
    }

    /** A caption's tokens with the one that ends it. */
    public long[] ended(String caption) {
        long[] own = tokenizer.own(prompt.isEmpty() ? caption : " " + caption);
        long[] ended = Arrays.copyOf(own, own.length + 1);
        ended[own.length] = end;
        return ended;
    }

    /** The caption that tokens stand for. */
    public String text(long[] ids) {
        return tokenizer.decode(ids).strip();
    }
}

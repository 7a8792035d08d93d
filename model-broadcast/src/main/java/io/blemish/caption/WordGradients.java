package io.blemish.caption;

import io.blemish.lm.PrefixGradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells what each word of a caption owes to the image: the gradient of its log-probability, behind the prefix, the prompt and the words
 * before it, through language model and mapper at the image's embedding. Mapper and language model stay their owner's, who closes them.
 */
public final class WordGradients {
    private final PrefixMapper mapper;
    private final PrefixGradients lm;
    private final CaptionTokens tokens;
    private final long[] prompt;

    /**
     * Gradients of the captions of a mapper and a language model.
     *
     * @param prompt that stands between prefix and caption, as at the mapper's training; empty for none
     */
    public WordGradients(PrefixMapper mapper, PrefixGradients lm, String prompt) {
        this.mapper = mapper;
        this.lm = lm;
        this.tokens = new CaptionTokens(lm.tokenizer(), prompt, lm.end());
        this.prompt = tokens.prompt();
    }

    /**
     * The words of a caption.
     *
     * @param embedding as the image tower gives it, not normalised
     * @param caption as it was written of the image; its tokens are those of its text
     * @return none for a caption without words
     */
    public List<WordGradient> of(float[] embedding, String caption) {
        long[] own = own(caption);
        CaptionedWords spoken = CaptionedWords.of(lm.tokenizer(), own);
        if (spoken.words().isEmpty()) {
            return List.of();
        }
        long[] ids = Arrays.copyOf(prompt, prompt.length + own.length);
        System.arraycopy(own, 0, ids, prompt.length, own.length);
        int[] words = new int[ids.length];
        Arrays.fill(words, 0, prompt.length, CaptionedWords.NONE);
        System.arraycopy(spoken.ofTokens(), 0, words, prompt.length, own.length);

        PrefixGradients.Words behind = lm.of(mapper.prefixes(new float[][] {embedding})[0], ids, words);
        float[][] gradients = mapper.gradients(embedding, behind.gradients());
        List<WordGradient> all = new ArrayList<>();
        for (int word = 0; word < gradients.length; word++) {
            all.add(new WordGradient(spoken.words().get(word), behind.logProbabilities()[word], gradients[word]));
        }
        return all;
    }

    private long[] own(String caption) {
        long[] ended = tokens.ended(caption);
        return Arrays.copyOf(ended, ended.length - 1);
    }
}

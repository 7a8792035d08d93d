package io.blemish.caption;

import io.blemish.checkpoint.ByteLevelTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words that tokens make up: letters and digits up to the next white space or punctuation, which belong to no word themselves, but for
 * an apostrophe behind a letter. A word may have several tokens.
 *
 * @param words as they are written, in their order
 * @param ofTokens which word each token belongs to, counted from 0; -1 for none
 */
record CaptionedWords(List<String> words, int[] ofTokens) {
    static final int NONE = -1;

    /** What a token that is a part of a letter is written as. */
    private static final int BROKEN = 0xFFFD;

    static CaptionedWords of(ByteLevelTokenizer tokenizer, long[] ids) {
        int[] ofTokens = new int[ids.length];
        List<String> words = new ArrayList<>();
        int first = NONE;
        for (int token = 0; token < ids.length; token++) {
            String text = tokenizer.decode(new long[] {ids[token]});
            boolean within = first != NONE && text.equals("'");
            if (!within && text.codePoints().noneMatch(CaptionedWords::spells)) {
                ofTokens[token] = NONE;
                first = NONE;
                continue;
            }
            if (first == NONE || Character.isWhitespace(text.charAt(0))) {
                first = token;
                words.add("");
            }
            ofTokens[token] = words.size() - 1;
            words.set(
                    words.size() - 1,
                    tokenizer.decode(Arrays.copyOfRange(ids, first, token + 1)).strip());
        }
        return new CaptionedWords(words, ofTokens);
    }

    private static boolean spells(int letter) {
        return Character.isLetterOrDigit(letter) || letter == BROKEN;
    }
}

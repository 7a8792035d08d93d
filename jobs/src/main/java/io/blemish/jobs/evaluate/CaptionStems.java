package io.blemish.jobs.evaluate;

import io.blemish.metrics.CaptionTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words of a caption without their endings and in one spelling, so that <em>bruised</em>, <em>bruises</em> and
 * <em>a bruise</em>, <em>moldy</em> and <em>mould</em> are found as the same word. Made for finding the names of defects,
 * not for English at large.
 */
final class CaptionStems {
    /** Tried in this order; what is left has at least three letters. */
    private static final List<String> ENDINGS =
            List.of("ations", "ation", "ened", "ing", "ies", "ed", "es", "en", "s", "y", "e");

    private static final int SHORTEST = 3;

    private static final Map<String, String> SPELLINGS = Map.of("mold", "mould", "color", "colour", "gray", "grey");

    private CaptionStems() {}

    /** The stems of a text, in order; parts of a word with a hyphen are words. */
    static List<String> of(String text) {
        List<String> stems = new ArrayList<>();
        for (String token : CaptionTokenizer.tokenize(text)) {
            for (String word : token.split("[-/]")) {
                if (!word.isEmpty()) {
                    stems.add(stem(word));
                }
            }
        }
        return stems;
    }

    private static String stem(String written) {
        String word = written;
        for (Map.Entry<String, String> spelling : SPELLINGS.entrySet()) {
            word = word.replace(spelling.getKey(), spelling.getValue());
        }
        String stem = word;
        for (String ending : ENDINGS) {
            if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST) {
                stem = word.substring(0, word.length() - ending.length());
                break;
            }
        }
        int length = stem.length();
        boolean doubled = length > SHORTEST && stem.charAt(length - 1) == stem.charAt(length - 2);
        return doubled ? stem.substring(0, length - 1) : stem;
    }
}

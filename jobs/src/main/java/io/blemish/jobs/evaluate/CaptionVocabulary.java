package io.blemish.jobs.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Finds the defects that a caption names: the words of a {@link Vocabulary}, whatever their endings, one behind the
 * other as they stand there; where two overlap the longer counts. As a function it gives the meanings, each once.
 */
public final class CaptionVocabulary implements UDF1<String, String[]> {
    private static final long serialVersionUID = 1L;

    /** Meanings by the stems of their words, joined by spaces. */
    private final HashMap<String, String> meanings = new HashMap<>();

    private int longest;

    /** The captions' words for what a vocabulary's words mean. */
    public CaptionVocabulary(Vocabulary vocabulary) {
        for (Map.Entry<String, String> word : vocabulary.meanings().entrySet()) {
            List<String> stems = CaptionStems.of(word.getKey());
            if (!stems.isEmpty() && !word.getValue().equals(Vocabulary.SOUND)) {
                meanings.put(String.join(" ", stems), word.getValue());
                longest = Math.max(longest, stems.size());
            }
        }
    }

    @Override
    public String[] call(String caption) {
        if (caption == null) {
            return null;
        }
        List<String> stems = new ArrayList<>(CaptionStems.of(caption));
        TreeSet<String> named = new TreeSet<>();
        int at = 0;
        while (at < stems.size()) {
            int length = Math.min(longest, stems.size() - at);
            while (length > 0 && !meanings.containsKey(String.join(" ", stems.subList(at, at + length)))) {
                length--;
            }
            if (length > 0) {
                named.add(meanings.get(String.join(" ", stems.subList(at, at + length))));
            }
            at += Math.max(1, length);
        }
        return named.toArray(String[]::new);
    }
}

package io.blemish.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs of 1 to {@link #LONGEST} words, written with one space between the words. */
public final class NGrams {
    /** The longest that caption metrics count. */
    public static final int LONGEST = 4;

    private NGrams() {}

    /** How often each run of {@code length} words occurs, in the order of its first occurrence. */
    static Map<String, Integer> counts(List<String> words, int length) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int from = 0; from + length <= words.size(); from++) {
            counts.merge(String.join(" ", words.subList(from, from + length)), 1, Integer::sum);
        }
        return counts;
    }

    /** Every run of 1 to {@link #LONGEST} words of the texts, once. */
    public static List<String> distinct(List<List<String>> texts) {
        return texts.stream()
                .flatMap(words -> IntStream.rangeClosed(1, LONGEST)
                        .boxed()
                        .flatMap(length -> counts(words, length).keySet().stream()))
                .distinct()
                .toList();
    }
}

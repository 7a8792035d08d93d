package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Learns byte-pair merges from texts (Sennrich et al., 2016, arXiv 1508.07909): again and again the most frequent pair
 * of neighbours within a word becomes one symbol; of equally frequent pairs the first in the order of their letters.
 */
public final class BytePairTrainer {
    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

    /** Two neighbours. */
    public record Pair(String left, String right) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparing(Pair::left).thenComparing(Pair::right);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }

        /** The symbol that they become. */
        public String merged() {
            return left + right;
        }

        /** As a line of {@code merges.txt}. */
        @Override
        public String toString() {
            return left + " " + right;
        }
    }

    private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.count, count);
            return byCount != 0 ? byCount : pair.compareTo(other.pair);
        }
    }

    private static final class Word {
        private final long count;
        private List<String> symbols;

        Word(long count, List<String> symbols) {
            this.count = count;
            this.symbols = symbols;
        }
    }

    private BytePairTrainer() {}

    /**
     * Learns merges.
     *
     * @param texts in any order
     * @param split the words of a text, each as its symbols, whose letters stand for bytes: see {@link #letters}
     * @param merges how many to learn; fewer come out where no pair occurs twice
     */
    public static List<Pair> learn(Stream<String> texts, Function<String, List<List<String>>> split, int merges) {
        Map<List<String>, Long> words = new LinkedHashMap<>();
        texts.forEach(text -> split.apply(text).forEach(word -> words.merge(word, 1L, Long::sum)));
        BytePairTrainer trainer = new BytePairTrainer();
        words.forEach((symbols, count) -> trainer.add(new Word(count, symbols)));
        trainer.counts.forEach((pair, count) -> trainer.queue.add(new Candidate(pair, count)));
        return trainer.learn(merges);
    }

    /** A text's UTF-8 bytes as the letters that stand for them in a vocabulary. */
    public static List<String> letters(String text) {
        List<String> letters = new ArrayList<>();
        for (byte value : text.getBytes(UTF_8)) {
            letters.add(ByteLetters.letter(value));
        }
        return letters;
    }

    private void add(Word word) {
        int index = words.size();
        words.add(word);
        count(index, word.symbols, word.count);
    }

    private List<Pair> learn(int merges) {
        List<Pair> learned = new ArrayList<>();
        while (learned.size() < merges && !queue.isEmpty()) {
            Candidate candidate = queue.poll();
            long current = counts.getOrDefault(candidate.pair, 0L);
            // A count that has changed since was queued again with its new value.
            if (candidate.count != current || current < 2) {
                continue;
            }
            learned.add(candidate.pair);
            merge(candidate.pair);
        }
        return learned;
    }

    private void merge(Pair pair) {
        Map<Pair, Long> before = new TreeMap<>();
        for (int index : List.copyOf(places.get(pair))) {
            Word word = words.get(index);
            pairs(word.symbols).forEach(changed -> before.putIfAbsent(changed, counts.getOrDefault(changed, 0L)));
            count(index, word.symbols, -word.count);
            word.symbols = merged(word.symbols, pair);
            pairs(word.symbols).forEach(changed -> before.putIfAbsent(changed, counts.getOrDefault(changed, 0L)));
            count(index, word.symbols, word.count);
        }
        before.forEach((changed, old) -> {
            long now = counts.getOrDefault(changed, 0L);
            if (now != old && now > 0) {
                queue.add(new Candidate(changed, now));
            }
        });
    }

    private void count(int index, List<String> symbols, long more) {
        for (Pair pair : pairs(symbols)) {
            counts.merge(pair, more, Long::sum);
            Set<Integer> found = places.computeIfAbsent(pair, absent -> new HashSet<>());
            if (more > 0) {
                found.add(index);
            } else {
                found.remove(index);
            }
        }
    }

    private static List<Pair> pairs(List<String> symbols) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < symbols.size(); i++) {
            pairs.add(new Pair(symbols.get(i), symbols.get(i + 1)));
        }
        return pairs;
    }

    private static List<String> merged(List<String> symbols, Pair pair) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            boolean found = i + 1 < symbols.size()
                    && symbols.get(i).equals(pair.left)
                    && symbols.get(i + 1).equals(pair.right);
            result.add(found ? pair.merged() : symbols.get(i));
            i += found ? 1 : 0;
        }
        return result;
    }
}

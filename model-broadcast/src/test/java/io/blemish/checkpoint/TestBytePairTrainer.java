package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBytePairTrainer {
    @TempDir
    private Path folder;

    /** The example of Sennrich et al.: low × 5, lower × 2, newest × 6, widest × 3. */
    @Test
    void mergesTheMostFrequentPairFirst() {
        List<String> words = new ArrayList<>();
        words.addAll(Collections.nCopies(5, "low"));
        words.addAll(Collections.nCopies(2, "lower"));
        words.addAll(Collections.nCopies(6, "newest"));
        words.addAll(Collections.nCopies(3, "widest"));

        List<String> merges = learn(words.stream(), 6);

        assertThat(merges).containsExactly("e s", "es t", "l o", "lo w", "e w", "ew est");
    }

    @Test
    void repeatedLettersAreCountedOnceForEachPlace() {
        assertThat(learn(Stream.of("aaaa", "aaaa", "ab"), 3)).containsExactly("a a", "aa aa");
    }

    @Test
    void doesNotLearnWhatOccursOnce() {
        assertThat(learn(Stream.of("abc", "xyz"), 10)).isEmpty();
    }

    @Test
    void lettersStandForBytes() {
        assertThat(BytePairTrainer.letters("aé ")).containsExactly("a", "Ã", "©", "Ġ");
        assertThat(ByteLetters.inOrder()).hasSize(256).doesNotHaveDuplicates().startsWith("!", "\"", "#");
    }

    @Test
    void clipVocabularyEncodesWhatItWasLearnedFrom() throws Exception {
        List<String> captions = List.of("An orange with green mould", "an orange, sound", "a green apple's bruise");
        List<String> merges = ClipVocabularyTrainer.learn(captions, 560);
        int size = ClipVocabularyTrainer.write(folder, merges, 20);

        assertThat(merges).isNotEmpty();
        assertThat(size).isEqualTo(ClipVocabularyTrainer.BASE + merges.size()).isLessThanOrEqualTo(560);
        assertThat(Files.readString(folder.resolve("merges.txt"))).startsWith("#version: 0.2\n");
        try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 20)) {
            assertThat(tokenizer.encode("")).containsExactly(size - 2, size - 1);
            long[] ids = tokenizer.encode("AN ORANGE");
            assertThat(ids).hasSize(4).startsWith(size - 2).endsWith(size - 1);
            assertThat(tokenizer.encode("an orange")).isEqualTo(ids);
            // What was never seen is spelled in bytes.
            assertThat(tokenizer.encode("zq")).hasSize(4);
        }
    }

    /** abc is made of ab and c, and of a and bc: one token, and no gap in the numbers. */
    @Test
    void pairsThatMergeToTheSameLettersAreOneToken() {
        int size = ClipVocabularyTrainer.write(folder, List.of("a b", "ab c</w>", "b c</w>", "a bc</w>"), 20);

        assertThat(size).isEqualTo(ClipVocabularyTrainer.BASE + 3);
        try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 20)) {
            assertThat(tokenizer.encode("")).containsExactly(size - 2, size - 1);
        }
    }

    @Test
    void fewerTokensThanAskedForComeOutOfFewCaptions() {
        assertThat(ClipVocabularyTrainer.learn(List.of("ab", "ab"), 5000)).containsExactly("a b</w>");
    }

    private static List<String> learn(Stream<String> words, int merges) {
        return BytePairTrainer.learn(words, word -> List.of(BytePairTrainer.letters(word)), merges).stream()
                .map(BytePairTrainer.Pair::toString)
                .toList();
    }
}

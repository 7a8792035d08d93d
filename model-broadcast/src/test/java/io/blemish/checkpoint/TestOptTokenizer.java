package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.UserException;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOptTokenizer {
    private static final List<String> CAPTIONS = List.of(
            "A ripe apple with a patch of green mould.",
            "A ripe orange with a dark spot near the stem.",
            "Green mould covers the orange; the apple is sound.",
            "the apple's stem, the orange's stem");

    @TempDir
    private Path folder;

    /** OPT's vocabulary with the golden ids that transformers.js keeps for RoBERTa, which has the same one. */
    @Test
    void givesTheIdsOfTransformers() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(TestData.folder("tokenizer-golden/roberta.json").toFile());

        int compared = 0;
        try (OptTokenizer tokenizer = OptTokenizer.open(TestData.folder("tokenizer-opt"))) {
            assertThat(tokenizer.encode("I like you.")).containsExactly(2, 100, 101, 47, 4);
            for (JsonNode sample : golden.get("cases")) {
                if (sample.get("tokenizer").asText().endsWith("distilroberta-v1")) {
                    long[] ids = new ObjectMapper().convertValue(sample.get("ids"), long[].class);
                    ids[0] = 2;
                    assertThat(tokenizer.encode(sample.get("text").asText()))
                            .as(sample.get("text").asText())
                            .isEqualTo(Arrays.copyOf(ids, ids.length - 1));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(11);
    }

    @Test
    void learnsAVocabularyFromTexts() {
        List<String> merges = OptVocabularyTrainer.learn(CAPTIONS, 290);
        int size = OptVocabularyTrainer.write(folder, merges, 64);

        assertThat(size).isEqualTo(290);
        try (OptTokenizer tokenizer = OptTokenizer.open(folder)) {
            long[] ids = tokenizer.encode(CAPTIONS.get(1));
            assertThat(ids).startsWith(2).hasSizeLessThan(CAPTIONS.get(1).length() * 2 / 3);
            assertThat(tokenizer.decode(ids)).isEqualTo(CAPTIONS.get(1));
            assertThat(tokenizer.encode("")).containsExactly(2);
            assertThat(tokenizer.encode("<pad></s><s>")).startsWith(2, 1, 2).hasSize(6);
        }
    }

    @Test
    void spellsWhatItHasNeverSeen() {
        OptVocabularyTrainer.write(folder, OptVocabularyTrainer.learn(CAPTIONS, 280), 64);

        try (OptTokenizer tokenizer = OptTokenizer.open(folder)) {
            for (String text : List.of("  日本のりんご\t\u0000 ~€", "\ud83c\udf4e x", "It's  10 °C\r\n")) {
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
            assertThat(Arrays.stream(tokenizer.encode("\ud83d")).max().orElseThrow())
                    .isLessThan(280);
        }
    }

    /** Every form of one tokenizer gives the same ids. */
    @Test
    void readsEveryForm() throws IOException {
        OptVocabularyTrainer.write(folder, OptVocabularyTrainer.learn(CAPTIONS, 290), 64);
        long[] whole = encode(CAPTIONS.get(2));
        Files.delete(folder.resolve("tokenizer.json"));
        assertThat(encode(CAPTIONS.get(2))).isEqualTo(whole);
        for (String file : List.of("vocab.json", "merges.txt")) {
            Files.move(folder.resolve(file), folder.resolve("gpt2-" + file), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(encode(CAPTIONS.get(2))).isEqualTo(whole);
    }

    /** "ab" + "c" and "a" + "bc" are two merges and one token. */
    @Test
    void twoMergesMayMakeOneToken() {
        OptVocabulary vocabulary = OptVocabulary.ofMerges(List.of("a b", "ab c", "b c", "a bc", "d d"));

        assertThat(vocabulary.tokens()).hasSize(OptVocabularyTrainer.BASE + 4).containsEntry("dd", 263);
        assertThat(vocabulary.tokens().get("dd")).isEqualTo(vocabulary.tokens().size() - 1);
    }

    @Test
    void aVocabularyHoldsAtLeastTheBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> OptVocabularyTrainer.learn(CAPTIONS, 259));
        assertThat(OptVocabularyTrainer.learn(List.of("a b c"), 400)).isEmpty();
        assertThat(OptVocabularyTrainer.write(folder, List.of(), 64)).isEqualTo(260);
        assertThat(encode("abc")).hasSize(4);
    }

    @Test
    void refusesFilesThatAreNotATokenizer() throws IOException {
        assertRefused("it has neither tokenizer.json, nor vocab.json and merges.txt");
        Files.writeString(folder.resolve("merges.txt"), "#version\na b\n");
        Files.writeString(folder.resolve("vocab.json"), "{\"<pad>\": 1}");
        assertRefused("it lacks the token </s>");
        Files.writeString(folder.resolve("vocab.json"), "{\"<pad>\": 1, \"</s>\": 2}");
        assertRefused("Cannot use the tokenizer " + folder.resolve("vocab.json"));
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"version\":\"1.0\",\"added_tokens\":[],"
                        + "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}");
        assertRefused("it does not know the token </s>");
    }

    private long[] encode(String text) {
        try (OptTokenizer tokenizer = OptTokenizer.open(folder)) {
            return tokenizer.encode(text);
        }
    }

    private void assertRefused(String cause) {
        assertThatThrownBy(() -> OptTokenizer.open(folder).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }
}

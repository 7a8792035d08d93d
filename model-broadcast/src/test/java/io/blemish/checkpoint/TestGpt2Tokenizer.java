package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.UserException;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGpt2Tokenizer {
    @TempDir
    private Path folder;

    /** OpenAI's files with the golden ids that transformers.js keeps for GPT-2. */
    @Test
    void givesTheIdsOfTransformers() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(TestData.folder("tokenizer-golden/gpt2.json").toFile());
        int compared = 0;
        try (Gpt2Tokenizer tokenizer = Gpt2Tokenizer.open(TestData.folder("tokenizer-gpt2"))) {
            assertThat(tokenizer.encode("Hello world")).containsExactly(15496, 995);
            assertThat(tokenizer.encode(" Hello world")).containsExactly(18435, 995);
            for (JsonNode sample : golden.get("cases")) {
                if (sample.get("tokenizer").asText().equals("Xenova/gpt2")) {
                    String text = sample.get("text").asText();
                    long[] ids = new ObjectMapper().convertValue(sample.get("ids"), long[].class);
                    assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(26);
    }

    /** Either pair of names, and the form that they amount to. */
    @Test
    void readsEveryForm() throws IOException {
        String tokens = "{\"a\": 0, \"b\": 1, \"\u0120\": 2, \"ab\": 3, \"<|endoftext|>\": 4}";
        Files.writeString(folder.resolve("encoder.json"), tokens);
        Files.writeString(folder.resolve("vocab.bpe"), "#version: 0.2\na b\n");
        String json;
        try (Gpt2Tokenizer tokenizer = Gpt2Tokenizer.open(folder)) {
            assertThat(tokenizer.encode("ab ba<|endoftext|>")).containsExactly(3, 2, 1, 0, 4);
            assertThat(tokenizer.decode(new long[] {3, 2, 1, 4})).isEqualTo("ab b");
            assertThat(tokenizer.own("ab")).isEqualTo(tokenizer.encode("ab"));
            json = tokenizer.json();
        }
        Files.move(folder.resolve("encoder.json"), folder.resolve("vocab.json"));
        Files.move(folder.resolve("vocab.bpe"), folder.resolve("merges.txt"));
        try (Gpt2Tokenizer tokenizer = Gpt2Tokenizer.open(folder)) {
            assertThat(tokenizer.json()).isEqualTo(json);
        }
        Files.delete(folder.resolve("merges.txt"));
        assertThat(Gpt2Tokenizer.isIn(folder)).isFalse();
        assertThatThrownBy(() -> Gpt2Tokenizer.open(folder).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it has neither tokenizer.json, nor vocab.json and merges.txt");
        Files.writeString(folder.resolve("tokenizer.json"), json.replace("<|endoftext|>", "<end>"));
        assertThatThrownBy(() -> Gpt2Tokenizer.open(folder).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it does not know the token <|endoftext|>");
    }
}

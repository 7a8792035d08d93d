package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestClipTokenizer {
    private static final Path TINY = Fixtures.file("tokenizer/tiny/vocab.json").getParent();
    private static final String OPENAI = "bpe_simple_vocab_16e6.txt.gz";

    @TempDir
    private Path folder;

    static Stream<List<String>> forms() {
        return Stream.of(List.of("tokenizer.json"), List.of("vocab.json", "merges.txt"), List.of(OPENAI));
    }

    /** The ids that transformers.js keeps as golden values, from each form of the files. */
    @ParameterizedTest
    @MethodSource("forms")
    void givesTheIdsOfTransformers(List<String> files) throws IOException {
        Path source = TestData.folder("tokenizer-clip");
        for (String file : files) {
            Files.copy(source.resolve(file.equals(OPENAI) ? file : "hf/" + file), folder.resolve(file));
        }
        JsonNode golden = new ObjectMapper()
                .readTree(TestData.folder("tokenizer-golden/clip.json").toFile());

        try (Tokenizer tokenizer = ClipTokenizer.open(folder, 200)) {
            assertThat(tokenizer.encode("hello world")).containsExactly(49406, 3306, 1002, 49407);
            for (JsonNode sample : golden.get("cases")) {
                if (sample.get("tokenizer").asText().contains("clip")) {
                    assertThat(tokenizer.encode(sample.get("text").asText()))
                            .as(sample.get("text").asText())
                            .isEqualTo(new ObjectMapper().convertValue(sample.get("ids"), long[].class));
                }
            }
        }
    }

    @Test
    void worksWithAnyVocabulary() {
        try (Tokenizer tokenizer = ClipTokenizer.open(TINY, 77)) {
            assertThat(tokenizer.encode("Lower \n NEWER low")).containsExactly(22, 16, 2, 18, 21, 17, 23);
            assertThat(tokenizer.encode("")).containsExactly(22, 23);
            assertThat(tokenizer.encode("  \t ")).containsExactly(22, 23);
        }
    }

    @Test
    void readsASmallFileOfOpenAisForm() throws IOException {
        writeMerges("\"bpe_simple_vocab_16e6.txt#version: 0.2\nl o\nlo w</w>\n");

        try (Tokenizer tokenizer = ClipTokenizer.open(folder, 77)) {
            // 256 bytes, 256 bytes at a word's end, two merges; "a" is the byte 97, the 65th that prints.
            assertThat(tokenizer.encode("low a")).containsExactly(514, 513, 256 + 64, 515);
            assertThat(tokenizer.encode("lo")).containsExactly(514, 'l' - '!', 256 + 'o' - '!', 515);
        }
    }

    @Test
    void aLongTextKeepsItsEnd() {
        try (Tokenizer tokenizer = ClipTokenizer.open(TINY, 5)) {
            assertThat(tokenizer.encode("low low low low low low")).containsExactly(22, 17, 17, 17, 23);
            assertThat(tokenizer.encode("low")).containsExactly(22, 17, 23);
        }
    }

    @Test
    void survivesTextThatIsNotText() {
        try (Tokenizer tokenizer = ClipTokenizer.open(TINY, 77)) {
            String specials = "<|endoftext|> low <|startoftext|>";
            for (String text : List.of("\ud83d", "\udc4d low", "\u0000", specials, "é".repeat(5000))) {
                long[] ids = tokenizer.encode(text);

                assertThat(ids[0]).isEqualTo(22);
                assertThat(ids[ids.length - 1]).isEqualTo(23);
                assertThat(ids.length).isLessThanOrEqualTo(77);
            }
        }
    }

    @Test
    void servesSeveralThreads() {
        try (Tokenizer tokenizer = ClipTokenizer.open(TINY, 77)) {
            assertThat(IntStream.range(0, 2000).parallel().mapToObj(i -> tokenizer.encode("lower newer low")))
                    .allSatisfy(ids -> assertThat(ids).containsExactly(22, 16, 2, 18, 21, 17, 23));
        }
    }

    @Test
    void namesTheThreePossibilities() throws IOException {
        Files.copy(TINY.resolve("vocab.json"), folder.resolve("vocab.json"));

        assertThatThrownBy(() -> ClipTokenizer.open(folder, 77))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot open the tokenizer of " + folder + ": it has neither tokenizer.json, nor vocab.json"
                        + " and merges.txt, nor bpe_simple_vocab_16e6.txt.gz. Add one of them; every"
                        + " published CLIP has the same.");
    }

    @Test
    void refusesFilesThatAreNotATokenizer() throws IOException {
        Path json = folder.resolve("tokenizer.json");
        Files.writeString(json, "{}");
        assertRefused("Cannot use the tokenizer " + json + ": ");
        Files.writeString(json, "{\"version\": ");
        assertRefused("it is not JSON in line 1");
        Files.writeString(
                json,
                "{\"version\":\"1.0\",\"added_tokens\":[],"
                        + "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}");
        assertRefused("it makes 0 tokens of an empty text instead of a start and an end token");
        Files.delete(json);

        Files.copy(TINY.resolve("merges.txt"), folder.resolve("merges.txt"));
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": \"b\"}");
        assertRefused("the id of a is not a number");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
        assertRefused("it lacks the token <|startoftext|>");
        Files.copy(TINY.resolve("vocab.json"), folder.resolve("vocab.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("merges.txt"), "#version\nl o\nx y z\n");
        assertRefused("one of its lines is not a pair: x y z");
        Files.writeString(folder.resolve("merges.txt"), "#version\nl x\n");
        assertRefused("Cannot use the tokenizer " + folder.resolve("vocab.json") + ": ");
    }

    @Test
    void refusesACompressedFileThatIsNot() throws IOException {
        Files.writeString(folder.resolve(OPENAI), "#version\nl o\n");

        assertRefused("Cannot read the tokenizer file " + folder.resolve(OPENAI));
    }

    @Test
    void refusesALengthWithoutRoom() {
        assertThatThrownBy(() -> ClipTokenizer.open(TINY, 2))
                .isInstanceOf(InternalException.class)
                .hasMessage("No token fits between start and end in a length of 2");
    }

    private void writeMerges(String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(OPENAI)))) {
            out.write(text.getBytes(UTF_8));
        }
    }

    private void assertRefused(String cause) {
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 77).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }
}

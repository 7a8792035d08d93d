package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestClip {
    @TempDir
    private Path folder;

    @Test
    void logitScaleIsTheExponential() {
        try (Clip clip = Golden.tiny("quick_gelu").clip()) {
            assertThat(clip.logitScale()).isCloseTo((float) Math.exp(4.6052), Offset.offset(1e-4f));
            assertThat(clip.imageProcessor().side()).isEqualTo(48);
            assertThat(clip.config().embedding()).isEqualTo(40);
        }
    }

    @Test
    void fingerprintTellsEverythingThatChangesAnEmbedding() throws IOException {
        Set<String> prints = new HashSet<>();
        try (Clip clip = Golden.tiny("quick_gelu").clip()) {
            for (Precision precision : Precision.values()) {
                for (Orientation orientation : Orientation.values()) {
                    for (DecodeMode mode : DecodeMode.values()) {
                        prints.add(clip.fingerprint(precision, orientation, mode));
                    }
                }
            }
            assertThat(prints)
                    .hasSize(Precision.values().length * Orientation.values().length * DecodeMode.values().length)
                    .contains(print(clip))
                    .allMatch(print -> print.matches("[0-9a-f]{64}"));
        }
        assertThat(prints).doesNotContain(print(copy("config.json", "\"quick_gelu\"", "\"gelu\"")));
        assertThat(prints).doesNotContain(print(copy("preprocessor_config.json", "0.48145466", "0.5")));
        assertThat(prints).contains(print(copy("config.json", "\"dtype\": \"float32\"", "\"dtype\": \"unknown\"")));
    }

    @Test
    void preprocessingThatDoesNotFitTheTowerIsRefused() throws IOException {
        assertThatThrownBy(() -> copy("preprocessor_config.json", ": 48", ": 56"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("pictures of side 56, its vision tower takes 48");
        assertThat(folder.resolve("config.json")).exists();
    }

    @Test
    void wrongShapeNamesFileAndTensor() {
        assertThatThrownBy(() -> copy("config.json", "\"intermediate_size\": 128", "\"intermediate_size\": 130"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("vision_model.encoder.layers.0.mlp.fc1.weight");
    }

    @Test
    void tokenizerIsAskedForOnlyWhenNeeded() {
        try (Clip clip = Golden.tiny("quick_gelu").clip()) {
            assertThatThrownBy(() -> clip.describe(List.of(List.of("a fruit with mould"))))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("tokenizer");
        }
    }

    /** Texts of all lengths, more than a batch of them, in any order: each as if it were alone; nothing after the end matters. */
    @Test
    void textsDoNotSeeEachOther() {
        try (Clip clip = Golden.tiny("gelu").clip()) {
            List<long[]> texts = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                long[] text = new long[2 + i % 5];
                text[0] = 318;
                for (int j = 1; j < text.length - 1; j++) {
                    text[j] = 1 + (7L * i + j) % 300;
                }
                text[text.length - 1] = 319;
                texts.add(text);
            }
            float[][] together = clip.textEncoder().embed(texts);
            for (int i = 0; i < texts.size(); i += 7) {
                long[] followed = Arrays.copyOf(texts.get(i), texts.get(i).length + 3);
                float[] alone = clip.textEncoder().embed(List.of(followed))[0];
                assertThat(Golden.relativeError(together[i], alone)).isLessThan(1e-5);
            }
            assertThat(clip.textEncoder().embed(List.of())).isEmpty();
        }
    }

    @Test
    void textsThatTheTowerCannotReadAreRefused() {
        try (Clip clip = Golden.tiny("quick_gelu").clip()) {
            ClipTextEncoder encoder = clip.textEncoder();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.embed(List.of(new long[] {318, 5})))
                    .withMessage("A text of 2 tokens has no end-of-text token (319)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.embed(List.of(new long[] {320, 319})))
                    .withMessage("Token 320 is outside a vocabulary of 320");
            long[] tooLong = new long[25];
            tooLong[24] = 319;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.embed(List.of(tooLong)))
                    .withMessage("A text of 25 tokens is longer than the tower's 24");
        }
    }

    private Clip copy(String file, String text, String replacement) throws IOException {
        Path original = Golden.tiny("quick_gelu").folder();
        for (String name : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.copy(original.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        String content = Files.readString(folder.resolve(file));
        assertThat(content).contains(text);
        Files.writeString(folder.resolve(file), content.replace(text, replacement));
        return Clip.open(folder);
    }

    private static String print(Clip clip) {
        return clip.fingerprint(Precision.FP32, Orientation.APPLY, DecodeMode.EXACT);
    }
}

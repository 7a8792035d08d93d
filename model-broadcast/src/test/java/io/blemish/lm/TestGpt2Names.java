package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One GPT-2 under several names is one model. */
class TestGpt2Names {
    private static final LmGolden GOLDEN = LmGolden.tiny("gpt2/tiny");

    @TempDir
    private Path folder;

    @Test
    void everyPublishedNameWillDo() throws IOException {
        byte[] model = archive(GOLDEN.folder());
        List<Tensor> published = renamed(name -> name.substring("transformer.".length()));
        for (int i = 0; i < 3; i++) {
            published.add(Tensor.ofFloats("h." + i + ".attn.bias", new float[96 * 96], 1, 1, 96, 96));
            published.add(Tensor.ofFloats("h." + i + ".attn.masked_bias", new float[] {-1e4f}));
        }
        assertThat(archive(copy(published))).isEqualTo(model);

        for (String beside : List.of("gpt.", "gpt2.")) {
            List<Tensor> clipCap = renamed(name -> beside + name);
            clipCap.add(Tensor.ofFloats("clip_project.model.0.bias", new float[4], 4));
            clipCap.add(clipCap.stream()
                    .filter(tensor -> tensor.name().endsWith("wte.weight"))
                    .findFirst()
                    .orElseThrow()
                    .named(beside + "lm_head.weight"));
            assertThat(archive(copy(clipCap))).isEqualTo(model);
        }
        assertThat(archive(copy(renamed(name -> name.equals("transformer.wte.weight") ? "lm_head.weight" : name))))
                .isEqualTo(model);
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        List<Tensor> tensors = renamed(name -> name);
        tensors.add(Tensor.ofFloats("lm_head.weight", new float[300 * 64], 300, 64));
        assertRefused(copy(tensors), "lm_head.weight differs from wte.weight");
        assertRefused(
                copy(renamed(name -> name.replace("h.2.mlp.c_fc.bias", "h.2.mlp.b"))), "missing: h.2.mlp.c_fc.bias");
        for (String wrong : List.of(
                "\"activation_function\": \"relu\"",
                "\"scale_attn_by_inverse_layer_idx\": true",
                "\"n_head\": 7",
                "\"eos_token_id\": 50257",
                "\"n_positions\": 1")) {
            Path copy = copy(renamed(name -> name));
            Files.writeString(copy.resolve("config.json"), "{\"model_type\": \"gpt2\", " + wrong + "}");
            assertRefused(copy, "as GPT-2's configuration");
        }
    }

    private static void assertRefused(Path copy, String cause) {
        assertThatThrownBy(() -> Gpt2.open(copy))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }

    private static List<Tensor> renamed(UnaryOperator<String> rename) {
        List<Tensor> tensors = new ArrayList<>();
        Checkpoint.open(GOLDEN.folder())
                .tensors()
                .forEach(tensor -> tensors.add(tensor.named(rename.apply(tensor.name()))));
        return tensors;
    }

    private static byte[] archive(Path checkpoint) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CausalLms.checkpoint(checkpoint).write(out, Precision.BF16);
        return out.toByteArray();
    }

    private Path copy(List<Tensor> tensors) throws IOException {
        Files.copy(
                GOLDEN.folder().resolve("config.json"),
                folder.resolve("config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        Safetensors.write(folder.resolve("model.safetensors"), tensors, Map.of());
        return folder;
    }
}

package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One checkpoint under several names is one model. */
class TestOptNames {
    private static final String EMBEDDING = "model.decoder.embed_tokens.weight";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void namesWithoutTheirPrefixAreTheSameModel(String kind) throws IOException {
        List<Tensor> tensors = tensors(kind);
        tensors.removeIf(tensor -> tensor.name().equals("lm_head.weight"));
        tensors.replaceAll(tensor -> tensor.named(tensor.name().substring("model.".length())));
        assertThat(archive(copy(kind, tensors)))
                .isEqualTo(archive(OptGolden.tiny(kind).folder()));
    }

    /** CLIPCap-XAI's checkpoints hold the language model beside the mapper. */
    @Test
    void besideAMapperItIsTheSameModel() throws IOException {
        List<Tensor> tensors = tensors("pre-norm");
        tensors.replaceAll(tensor -> tensor.named("opt." + tensor.name()));
        tensors.add(Tensor.ofFloats("mapper.layer_norm.bias", new float[4], 4));
        assertThat(archive(copy("pre-norm", tensors)))
                .isEqualTo(archive(OptGolden.tiny("pre-norm").folder()));
    }

    @Test
    void eitherNameOfTheEmbeddingsWillDo() throws IOException {
        List<Tensor> tensors = tensors("pre-norm");
        byte[] model = archive(OptGolden.tiny("pre-norm").folder());
        tensors.replaceAll(tensor -> tensor.name().equals(EMBEDDING) ? tensor.named("lm_head.weight") : tensor);
        assertThat(archive(copy("pre-norm", tensors))).isEqualTo(model);
        tensors.add(tensors.stream()
                .filter(tensor -> tensor.name().equals("lm_head.weight"))
                .findFirst()
                .orElseThrow()
                .named(EMBEDDING));
        assertThat(archive(copy("pre-norm", tensors))).isEqualTo(model);
    }

    @Test
    void aHeadOfItsOwnIsRefused() throws IOException {
        List<Tensor> tensors = tensors("pre-norm");
        tensors.add(Tensor.ofFloats("lm_head.weight", new float[300 * 64], 300, 64));
        Path broken = copy("pre-norm", tensors);
        assertThatThrownBy(() -> Opt.open(broken))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("lm_head.weight differs from " + EMBEDDING);
    }

    @Test
    void everyDifferenceIsListed() throws IOException {
        List<Tensor> tensors = tensors("pre-norm");
        tensors.removeIf(tensor -> tensor.name().equals("model.decoder.final_layer_norm.bias"));
        tensors.replaceAll(
                tensor -> tensor.name().equals("model.decoder.layers.1.fc1.weight") ? tensor.transposed() : tensor);
        tensors.add(Tensor.ofFloats("decoder.extra", new float[1], 1));
        Path broken = copy("pre-norm", tensors);
        assertThatThrownBy(() -> Opt.open(broken))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(broken.resolve("model.safetensors").toString())
                .hasMessageContaining("missing: model.decoder.final_layer_norm.bias")
                .hasMessageContaining("left over: decoder.extra")
                .hasMessageContaining("model.decoder.layers.1.fc1.weight [64,128] instead of [128,64]")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void theListIsTheSameWeights(String kind) {
        try (Opt opt = OptGolden.tiny(kind).opt()) {
            List<Tensor> list = opt.weights().script();
            List<Tensor> back = new ArrayList<>();
            OptWeights.ofScript(opt.config(), list).tensors().forEach(back::add);
            assertThat(back)
                    .hasSameSizeAs(opt.weights().tensors().names())
                    .allSatisfy(tensor -> assertThat(tensor.toFloats())
                            .isEqualTo(opt.weights()
                                    .tensors()
                                    .tensor(tensor.name())
                                    .toFloats()));
        }
    }

    @Test
    void randomWeightsFollowTheSeed() {
        try (Opt opt = OptGolden.tiny("post-norm").opt()) {
            OptWeights random = OptWeights.random(opt.config(), 7);
            assertThat(random.tensors().names())
                    .containsExactlyInAnyOrderElementsOf(opt.weights().tensors().names());
            float[] embedding = random.tensors().tensor(EMBEDDING).toFloats();
            assertThat(embedding)
                    .isEqualTo(OptWeights.random(opt.config(), 7)
                            .tensors()
                            .tensor(EMBEDDING)
                            .toFloats())
                    .isNotEqualTo(OptWeights.random(opt.config(), 8)
                            .tensors()
                            .tensor(EMBEDDING)
                            .toFloats());
            assertThat(Arrays.copyOfRange(embedding, 32, 64)).containsOnly(0);
            String norm = "model.decoder.layers.0.final_layer_norm.";
            assertThat(random.tensors().tensor(norm + "weight").toFloats()).containsOnly(1);
            assertThat(random.tensors().tensor(norm + "bias").toFloats()).containsOnly(0);
        }
    }

    @Test
    void halfPrecisionIsReadWhole() throws IOException {
        Path half = copy(
                "pre-norm",
                tensors("pre-norm").stream().map(tensor -> tensor.as(DType.F16)).toList());
        try (Opt opt = Opt.open(half)) {
            assertThat(opt.logits(new long[] {2, 7, 9})).hasDimensions(3, 300);
        }
    }

    private static byte[] archive(Path checkpoint) {
        try (Opt opt = Opt.open(checkpoint)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            opt.weights().archive(Precision.BF16).writeTo(out);
            return out.toByteArray();
        }
    }

    private static List<Tensor> tensors(String kind) {
        List<Tensor> tensors = new ArrayList<>();
        Checkpoint.open(OptGolden.tiny(kind).folder()).tensors().forEach(tensors::add);
        return tensors;
    }

    private Path copy(String kind, List<Tensor> tensors) throws IOException {
        Files.copy(
                OptGolden.tiny(kind).folder().resolve("config.json"),
                folder.resolve("config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        Safetensors.write(folder.resolve("model.safetensors"), tensors, Map.of());
        return folder;
    }
}

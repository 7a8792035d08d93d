package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.StateDict;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One checkpoint under several names and in several types is one model. */
class TestClipNames {
    @TempDir
    private Path folder;

    @Test
    void pickleAndSafetensorsAreTheSameModel() throws IOException {
        Path copy = copy(List.copyOf(tensors(Golden.tiny("gelu"))));
        Files.copy(
                Golden.tiny("gelu").folder().resolve("config.json"),
                copy.resolve("config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(archive(copy, Precision.FP32))
                .isEqualTo(archive(Golden.tiny("gelu").folder(), Precision.FP32));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void openClipNamesAreTheSameModel(Precision precision) throws IOException {
        Path openClip = copy(openClip(tensors(Golden.tiny("quick_gelu"))));
        assertThat(archive(openClip, precision))
                .isEqualTo(archive(Golden.tiny("quick_gelu").folder(), precision));
        assertThat(StateDict.read(openClip.resolve("model.safetensors")).names())
                .contains("visual.proj", "transformer.resblocks.2.attn.in_proj_weight");
    }

    @Test
    void halfPrecisionSourcesAreReadWhole() throws IOException {
        for (DType type : List.of(DType.F16, DType.BF16)) {
            Path half = copy(tensors(Golden.tiny("quick_gelu")).stream()
                    .map(t -> t.as(type))
                    .toList());
            try (Clip clip = Clip.open(half);
                    ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32);
                    Clip original = Golden.tiny("quick_gelu").clip();
                    ClipVisionEncoder exact = Golden.encoder(original, Precision.FP32)) {
                PixelBatch pictures = Golden.pictures(2, 48, 1);
                assertThat(Golden.cosine(encoder.embed(pictures)[1], exact.embed(pictures)[1]))
                        .isGreaterThan(0.9999);
            }
        }
    }

    @Test
    void positionIdsAreIgnored() throws IOException {
        List<Tensor> tensors = tensors(Golden.tiny("quick_gelu"));
        tensors.add(Tensor.ofLongs("text_model.embeddings.position_ids", new long[24], 1, 24));
        assertThat(archive(copy(tensors), Precision.BF16))
                .isEqualTo(archive(Golden.tiny("quick_gelu").folder(), Precision.BF16));
    }

    @Test
    void everyDifferenceIsListed() throws IOException {
        List<Tensor> tensors = tensors(Golden.tiny("quick_gelu"));
        tensors.removeIf(tensor -> tensor.name().equals("vision_model.post_layernorm.bias"));
        tensors.replaceAll(tensor -> tensor.name().equals("visual_projection.weight") ? tensor.transposed() : tensor);
        tensors.add(Tensor.ofFloats("logit_bias", new float[1], 1));
        Path broken = copy(tensors);
        assertThatThrownBy(() -> Clip.open(broken))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(broken.resolve("model.safetensors").toString())
                .hasMessageContaining("vision_model.post_layernorm.bias")
                .hasMessageContaining("visual_projection.weight")
                .hasMessageContaining("logit_bias")
                .hasMessageNotContaining("\n");
    }

    private static byte[] archive(Path checkpoint, Precision precision) {
        try (Clip clip = Clip.open(checkpoint)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            clip.writeVision(out, precision);
            return out.toByteArray();
        }
    }

    private static List<Tensor> tensors(Golden golden) {
        List<Tensor> tensors = new ArrayList<>();
        Checkpoint.open(golden.folder()).tensors().forEach(tensors::add);
        return tensors;
    }

    private Path copy(List<Tensor> tensors) throws IOException {
        Path original = Golden.tiny("quick_gelu").folder();
        for (String file : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(original.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Safetensors.write(folder.resolve("model.safetensors"), tensors, Map.of());
        return folder;
    }

    /** The other direction of what the class under test does. */
    private static List<Tensor> openClip(List<Tensor> huggingFace) {
        StateDict source = StateDict.of(huggingFace);
        UnaryOperator<String> rename =
                name -> name.replace("vision_model.encoder.layers.", "visual.transformer.resblocks.")
                        .replace("text_model.encoder.layers.", "transformer.resblocks.")
                        .replace("vision_model.embeddings.class_embedding", "visual.class_embedding")
                        .replace("vision_model.embeddings.patch_embedding", "visual.conv1")
                        .replace("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding")
                        .replace("vision_model.pre_layrnorm", "visual.ln_pre")
                        .replace("vision_model.post_layernorm", "visual.ln_post")
                        .replace("text_model.embeddings.token_embedding", "token_embedding")
                        .replace("text_model.embeddings.position_embedding.weight", "positional_embedding")
                        .replace("text_model.final_layer_norm", "ln_final")
                        .replace("layer_norm", "ln_")
                        .replace("self_attn", "attn")
                        .replace("mlp.fc1", "mlp.c_fc")
                        .replace("mlp.fc2", "mlp.c_proj");
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor tensor : source) {
            String name = tensor.name();
            if (name.contains(".q_proj.")) {
                List<Tensor> parts = List.of(
                        tensor,
                        source.tensor(name.replace(".q_proj.", ".k_proj.")),
                        source.tensor(name.replace(".q_proj.", ".v_proj.")));
                tensors.add(Tensor.concat(rename.apply(name).replace(".q_proj.", ".in_proj_"), parts));
            } else if (name.endsWith("_projection.weight")) {
                tensors.add(tensor.transposed().named(name.startsWith("visual") ? "visual.proj" : "text_projection"));
            } else if (!name.contains(".k_proj.") && !name.contains(".v_proj.")) {
                tensors.add(tensor.named(rename.apply(name)));
            }
        }
        tensors.add(Tensor.ofLongs("input_resolution", new long[] {48}));
        return tensors;
    }
}

package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCheckpoint {
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path folder;

    @Test
    void opensAFolderOfHuggingFace() throws IOException {
        text("config.json", "{\"model_type\": \"clip\"}");
        text("preprocessor_config.json", "{\"image_mean\": [0.5, 0.5, 0.5]}");
        weights("model.safetensors", "a");

        Checkpoint checkpoint = Checkpoint.open(folder);

        assertThat(checkpoint.folder()).isEqualTo(folder);
        assertThat(checkpoint.weightsFile()).isEqualTo(folder.resolve("model.safetensors"));
        assertThat(checkpoint.config().get("model_type").asText()).isEqualTo("clip");
        assertThat(checkpoint.preprocessor().orElseThrow().get("image_mean")).hasSize(3);
        assertThat(checkpoint.preprocessorFile()).isEqualTo(folder.resolve("preprocessor_config.json"));
        assertThat(checkpoint.tensors().names()).containsExactly("a");
    }

    @Test
    void opensAFolderOfOpenClip() throws IOException {
        text(
                "open_clip_config.json",
                "{\"model_cfg\": {}, \"preprocess_cfg\": {\"mean\": [0.5], \"std\": [2], \"side\": 7}}");
        weights("open_clip_model.safetensors", "visual.proj");

        Checkpoint checkpoint = Checkpoint.open(folder);

        assertThat(checkpoint.config().has("model_cfg")).isTrue();
        assertThat(checkpoint.preprocessor().orElseThrow().toString())
                .isEqualTo("{\"image_mean\":[0.5],\"image_std\":[2],\"side\":7}");
        assertThat(checkpoint.preprocessorFile()).isEqualTo(folder.resolve("open_clip_config.json"));
        assertThat(checkpoint.tensors().contains("visual.proj")).isTrue();
    }

    @Test
    void takesTheConfigurationThatGoesWithTheWeights() throws IOException {
        text("config.json", "{\"model_type\": \"clip\"}");
        text("open_clip_config.json", "{\"model_cfg\": {}}");
        weights("open_clip_model.safetensors", "a");
        assertThat(Checkpoint.open(folder).config().has("model_cfg")).isTrue();

        Files.copy(Fixtures.file("checkpoint/mixed.bin"), folder.resolve("pytorch_model.bin"));
        assertThat(Checkpoint.open(folder).config().has("model_type")).isTrue();
        assertThat(Checkpoint.open(folder).tensors().contains("f32")).isTrue();

        weights("model.safetensors", "b");
        assertThat(Checkpoint.open(folder).tensors().contains("b")).isTrue();
        assertThat(Checkpoint.open(folder).preprocessor()).isEmpty();
    }

    @Test
    void joinsShards() throws IOException {
        text("config.json", "{}");
        weights("model-1-of-2.safetensors", "a", "b");
        weights("model-2-of-2.safetensors", "c");
        text(
                INDEX,
                "{\"weight_map\": {\"a\": \"model-1-of-2.safetensors\", \"c\": \"model-2-of-2.safetensors\","
                        + " \"b\": \"model-1-of-2.safetensors\"}}");

        Checkpoint checkpoint = Checkpoint.open(folder);

        assertThat(checkpoint.tensors().names()).containsExactly("a", "c", "b");
        assertThat(checkpoint.weightsFile()).isEqualTo(folder.resolve(INDEX));
    }

    @Test
    void refusesAnIndexThatDoesNotFit() throws IOException {
        text("config.json", "{}");
        weights("s.safetensors", "a", "b");

        text(INDEX, "{\"weight_map\": {\"a\": \"s.safetensors\", \"z\": \"s.safetensors\"}}");
        assertRefused("it looks for z in s.safetensors, which does not have it");
        text(INDEX, "{\"weight_map\": {\"a\": \"s.safetensors\"}}");
        assertRefused("it names 1 tensors, but its shards hold 2");
        text(INDEX, "{\"weight_map\": {\"a\": \"../s.safetensors\"}}");
        assertRefused("it names the shard ../s.safetensors, which is not a file of its folder");
        text(INDEX, "{\"weight_map\": {\"a\": \"absent.safetensors\"}}");
        assertRefused("absent.safetensors: there is no such file");
        text(INDEX, "{}");
        assertRefused("it has no weight_map");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        assertRefused("it has no weights: none of model.safetensors, model.safetensors.index.json, pytorch_model.bin,"
                + " pytorch_model.bin.index.json, open_clip_model.safetensors, open_clip_pytorch_model.bin");
        weights("model.safetensors", "a");
        assertRefused("it has model.safetensors but neither config.json nor open_clip_config.json");

        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("absent")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void namesTheLineOfABrokenConfiguration() throws IOException {
        weights("model.safetensors", "a");

        text("config.json", "{\n  \"a\": 1,\n  \"a\": 2\n}");
        assertRefused("config.json: it is not JSON in line 3: Duplicate field 'a'");
        text("config.json", "{} {}");
        assertRefused("config.json: it is not JSON in line 1");
        text("config.json", "[]");
        assertRefused("config.json: it is not a JSON object");
        text("config.json", "");
        assertRefused("config.json: it is not a JSON object");
    }

    private void assertRefused(String cause) {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }

    private void text(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void weights(String name, String... tensors) {
        List<Tensor> list = Arrays.stream(tensors)
                .map(tensor -> Tensor.ofFloats(tensor, new float[] {1}, 1))
                .toList();
        Safetensors.write(folder.resolve(name), list, Map.of());
    }
}

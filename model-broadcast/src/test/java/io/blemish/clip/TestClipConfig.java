package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.StateDict;
import io.blemish.clip.ClipConfig.Text;
import io.blemish.clip.ClipConfig.Tower;
import io.blemish.clip.ClipConfig.Vision;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestClipConfig {
    private static final Path FOLDER = Path.of("checkpoint");

    @Test
    void whatHuggingFaceOmitsIsViTB32OfOpenAi() {
        assertThat(read("{}"))
                .isEqualTo(new ClipConfig(
                        new Vision(new Tower(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5), 224, 32, 1),
                        new Text(new Tower(512, 12, 8, 2048, Activation.QUICK_GELU, 1e-5), 49408, 77, 49407),
                        512));
    }

    /** LAION's file states little more than the activation. */
    @Test
    void laionStatesItsActivation() {
        ClipConfig config = read("""
            {"model_type": "clip", "text_config": {"hidden_act": "gelu"}, "vision_config": {"hidden_act": "gelu"}}\
            """);
        assertThat(config.vision().tower().activation()).isEqualTo(Activation.GELU);
        assertThat(config.text().tower().activation()).isEqualTo(Activation.GELU);
        assertThat(config.vision().tower().width()).isEqualTo(768);
    }

    @Test
    void everyKeyIsRead() {
        ClipConfig config = read("""
            {"model_type": "clip", "projection_dim": 40,
             "vision_config": {"hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4,
               "intermediate_size": 128, "image_size": 48, "patch_size": 12, "layer_norm_eps": 1e-6,
               "projection_dim": 9, "hidden_act": "gelu"},
             "text_config": {"hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 6,
               "intermediate_size": 96, "vocab_size": 320, "max_position_embeddings": 24, "eos_token_id": 319}}\
            """);
        assertThat(config)
                .isEqualTo(new ClipConfig(
                        new Vision(new Tower(64, 3, 4, 128, Activation.GELU, 1e-6), 48, 12, 1),
                        new Text(new Tower(48, 2, 6, 96, Activation.QUICK_GELU, 1e-5), 320, 24, 319),
                        40));
        assertThat(config.vision().grid()).isEqualTo(4);
        assertThat(config.vision().tokens()).isEqualTo(17);
        assertThat(config.vision().tower().headWidth()).isEqualTo(16);
    }

    @Test
    void legacyDictionariesOverride() {
        ClipConfig config = read("""
            {"vision_config": {"patch_size": 32, "image_size": 336}, "vision_config_dict": {"patch_size": 14},
             "text_config_dict": {"hidden_size": 1024, "num_attention_heads": 16}}\
            """);
        assertThat(config.vision().patch()).isEqualTo(14);
        assertThat(config.vision().side()).isEqualTo(336);
        assertThat(config.text().tower().width()).isEqualTo(1024);
    }

    /** The Hub's files say 2, which belongs to no CLIP; with CLIP's own vocabulary the end is 49407 whatever they say. */
    @Test
    void endOfTextOfTheClipVocabularyIsKnown() {
        assertThat(read("{\"text_config\": {\"eos_token_id\": 2}}").text().endOfText())
                .isEqualTo(49407);
    }

    @Test
    void openClipHasItsOwnDefaults() {
        ClipConfig config = read("""
            {"model_cfg": {"embed_dim": 1024,
              "vision_cfg": {"image_size": 224, "layers": 32, "width": 1280, "head_width": 80, "patch_size": 14},
              "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 1024, "heads": 16, "layers": 24}}}\
            """);
        assertThat(config)
                .isEqualTo(new ClipConfig(
                        new Vision(new Tower(1280, 32, 16, 5120, Activation.GELU, 1e-5), 224, 14, 1),
                        new Text(new Tower(1024, 24, 16, 4096, Activation.GELU, 1e-5), 49408, 77, 49407),
                        1024));
        assertThat(read("{\"model_cfg\": {\"quick_gelu\": true}}").vision().tower())
                .isEqualTo(new Tower(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model_type': 'siglip'}|config.json|model_type is \"siglip\"",
                "{'vision_config': {'hidden_act': 'gelu_new'}}|config.json|vision_config.hidden_act is \"gelu_new\"",
                "{'vision_config': {'hidden_size': 0}}|config.json|vision_config.hidden_size is 0",
                "{'vision_config': {'hidden_size': 7.5}}|config.json|vision_config.hidden_size is 7.5",
                "{'vision_config': {'num_attention_heads': 7}}|config.json|7 heads do not divide a width of 768",
                "{'vision_config': {'num_channels': 4}}|config.json|vision_config.num_channels is 4",
                "{'vision_config': {'patch_size': 500}}|config.json|a patch of 500 pixels does not divide a side of"
                        + " 224",
                "{'vision_config': {'image_size': 225}}|config.json|a patch of 32 pixels does not divide a side of 225",
                "{'vision_config': {'num_hidden_layers': 1001}}|config.json|1001 layers are more than the 1000",
                "{'text_config': {'max_position_embeddings': 2}}|config.json|a context of 2 tokens is shorter than 3",
                "{'model_cfg': {'text_cfg': {'context_length': 1}}}|open_clip_config.json|a context of 1 tokens",
                "{'vision_config': {'layer_norm_eps': -1}}|config.json|vision_config.layer_norm_eps is -1",
                "{'text_config': {'vocab_size': 10, 'eos_token_id': 10}}|config.json|eos_token_id is 10",
                "{'model_cfg': {'vision_cfg': {'timm_model_name': 'x'}}}|open_clip_config.json|timm_model_name is"
                        + " \"x\"",
                "{'model_cfg': {'vision_cfg': {'layers': [3, 4, 6, 3]}}}|open_clip_config.json|layers is [3,4,6,3]",
                "{'model_cfg': {'text_cfg': {'hf_model_name': 'x'}}}|open_clip_config.json|hf_model_name is \"x\"",
                "{'model_cfg': {'vision_cfg': {'pool_type': 'avg'}}}|open_clip_config.json|pool_type is \"avg\""
            })
    void anotherArchitectureIsRefused(String json, String file, String cause) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use " + FOLDER.resolve(file) + " as CLIP's configuration: ")
                .hasMessageContaining(cause)
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("\n");
    }

    private static ClipConfig read(String json) {
        try {
            return ClipConfig.read(new Checkpoint(
                    FOLDER,
                    FOLDER.resolve("model.safetensors"),
                    new ObjectMapper().readTree(json),
                    Optional.empty(),
                    StateDict.of(List.of())));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}

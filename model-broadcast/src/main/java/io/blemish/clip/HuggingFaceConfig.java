package io.blemish.clip;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.clip.ClipConfig.Text;
import io.blemish.clip.ClipConfig.Tower;
import io.blemish.clip.ClipConfig.Vision;

/**
 * Hugging Face's {@code config.json} with {@code model_type: clip}, whose absent values are those of {@code CLIPConfig}.
 *
 * <p>{@code text_config_dict} and {@code vision_config_dict} of older files override {@code text_config} and {@code vision_config}.
 */
final class HuggingFaceConfig {
    private static final int CLIP_VOCABULARY = 49408;
    private static final long CLIP_END_OF_TEXT = 49407;
    private static final double EPSILON = 1e-5;
    private static final double LOGIT_SCALE = 2.6592;
    /** Blemish's own: transformers reads past it. */
    private static final String RELEVANCE_BLOCKS = "relevance_blocks";

    private HuggingFaceConfig() {}

    static ClipConfig read(ConfigNode config) {
        String type = config.text("model_type", "clip");
        if (!type.equals("clip")) {
            throw config.refused("model_type", "only \"clip\" is supported");
        }

        ConfigNode vision = effective(config, "vision_config");
        ConfigNode text = effective(config, "text_config");
        return new ClipConfig(vision(vision), text(text), config.count("projection_dim", 512));
    }

    /** What {@link #read} reads, with every number stated, as {@code CLIPModel} of transformers wants it. */
    static ObjectNode write(ClipConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("architectures").add("CLIPModel");
        json.put("model_type", "clip");
        json.put("projection_dim", config.embedding());
        json.put("logit_scale_init_value", LOGIT_SCALE);
        ObjectNode text = tower(
                json.putObject("text_config"), "clip_text_model", config.text().tower());
        long end = config.text().endOfText();
        text.put("projection_dim", config.embedding())
                .put("vocab_size", config.text().vocabulary())
                .put("max_position_embeddings", config.text().positions())
                .put("bos_token_id", end - 1)
                .put("eos_token_id", end)
                .put("pad_token_id", end);
        tower(
                        json.putObject("vision_config"),
                        "clip_vision_model",
                        config.vision().tower())
                .put("projection_dim", config.embedding())
                .put("image_size", config.vision().side())
                .put("patch_size", config.vision().patch())
                .put("num_channels", 3);
        return relevance(json, config.vision().relevanceBlocks());
    }

    private static ObjectNode relevance(ObjectNode json, int blocks) {
        if (blocks > 1) {
            json.withObject("vision_config").put(RELEVANCE_BLOCKS, blocks);
        }
        return json;
    }

    private static ObjectNode tower(ObjectNode json, String type, Tower tower) {
        return json.put("model_type", type)
                .put("hidden_size", tower.width())
                .put("num_hidden_layers", tower.layers())
                .put("num_attention_heads", tower.heads())
                .put("intermediate_size", tower.feedForward())
                .put("hidden_act", tower.activation().label())
                .put("layer_norm_eps", tower.epsilon());
    }

    private static ConfigNode effective(ConfigNode config, String key) {
        ConfigNode legacy = config.child(key + "_dict");
        ConfigNode current = config.child(key);
        if (!legacy.json().isObject()) {
            return current;
        }

        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        current.json().properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        legacy.json().properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        return new ConfigNode(config.origin(), key, merged);
    }

    private static Vision vision(ConfigNode config) {
        if (config.count("num_channels", 3) != 3) {
            throw config.refused("num_channels", "only 3 is supported");
        }

        Tower tower = tower(config, new Tower(768, 12, 12, 3072, Activation.QUICK_GELU, EPSILON));
        return ClipBounds.vision(
                config,
                new Vision(
                        tower,
                        config.count("image_size", 224),
                        config.count("patch_size", 32),
                        config.count(RELEVANCE_BLOCKS, 1)));
    }

    private static Text text(ConfigNode config) {
        Tower tower = tower(config, new Tower(512, 12, 8, 2048, Activation.QUICK_GELU, EPSILON));
        int vocabulary = config.count("vocab_size", CLIP_VOCABULARY);
        // Published configurations of CLIP's own vocabulary state a wrong eos_token_id, 2, which their library ignores.
        long end = vocabulary == CLIP_VOCABULARY ? CLIP_END_OF_TEXT : config.id("eos_token_id", CLIP_END_OF_TEXT);
        if (end >= vocabulary) {
            throw config.unusable("eos_token_id is " + end + " and vocab_size " + vocabulary);
        }

        return ClipBounds.text(config, new Text(tower, vocabulary, config.count("max_position_embeddings", 77), end));
    }

    private static Tower tower(ConfigNode config, Tower absent) {
        return ClipBounds.tower(
                config,
                new Tower(
                        config.count("hidden_size", absent.width()),
                        config.count("num_hidden_layers", absent.layers()),
                        config.count("num_attention_heads", absent.heads()),
                        config.count("intermediate_size", absent.feedForward()),
                        activation(config),
                        config.positive("layer_norm_eps", absent.epsilon())));
    }

    private static Activation activation(ConfigNode config) {
        String label = config.text("hidden_act", Activation.QUICK_GELU.label());
        for (Activation activation : Activation.values()) {
            if (activation.label().equals(label)) {
                return activation;
            }
        }

        throw config.refused("hidden_act", "only \"quick_gelu\" and \"gelu\" are supported");
    }
}

package io.blemish.clip;

import io.blemish.checkpoint.ConfigNode;
import io.blemish.clip.ClipConfig.Text;
import io.blemish.clip.ClipConfig.Tower;
import io.blemish.clip.ClipConfig.Vision;
import java.util.List;

/**
 * {@code model_cfg} of open_clip's {@code open_clip_config.json}: a plain vision transformer and a plain text transformer.
 *
 * <p>The activation is the exact GELU unless {@code quick_gelu} is true; a head of the image tower is 64 wide unless {@code head_width}
 * says otherwise.
 */
final class OpenClipConfig {
    private static final double EPSILON = 1e-5;
    private static final double MLP_RATIO = 4;
    private static final int HEAD_WIDTH = 64;
    private static final int VOCABULARY = 49408;

    /** Keys that ask for another architecture than this one. */
    private static final List<String> FOREIGN = List.of(
            "timm_model_name",
            "hf_model_name",
            "ls_init_value",
            "attentional_pool",
            "attn_pooler_queries",
            "no_ln_pre",
            "embed_cls",
            "custom_text",
            "act_kwargs",
            "norm_kwargs",
            "input_patchnorm");

    private OpenClipConfig() {}

    static ClipConfig read(ConfigNode config) {
        ConfigNode vision = config.child("vision_cfg");
        ConfigNode text = config.child("text_cfg");
        for (ConfigNode node : List.of(config, vision, text)) {
            requirePlain(node);
        }
        Activation activation =
                config.json().path("quick_gelu").asBoolean(false) ? Activation.QUICK_GELU : Activation.GELU;
        return new ClipConfig(vision(vision, activation), text(text, activation), config.count("embed_dim", 512));
    }

    private static void requirePlain(ConfigNode config) {
        for (String key : FOREIGN) {
            if (config.has(key) && !"false".equals(config.text(key, ""))) {
                throw config.refused(key, "only the plain transformers are supported");
            }
        }
    }

    private static Vision vision(ConfigNode config, Activation activation) {
        if (config.has("pool_type") && !config.text("pool_type", "").equals("tok")) {
            throw config.refused("pool_type", "only \"tok\" is supported");
        }

        int width = config.count("width", 768);
        int headWidth = config.count("head_width", HEAD_WIDTH);
        if (width % headWidth != 0) {
            throw config.unusable("a head of " + headWidth + " does not divide a width of " + width);
        }

        Tower tower = tower(config, width, width / headWidth, activation);
        return ClipBounds.vision(
                config, new Vision(tower, config.count("image_size", 224), config.count("patch_size", 16), 1));
    }

    private static Text text(ConfigNode config, Activation activation) {
        int vocabulary = config.count("vocab_size", VOCABULARY);
        Tower tower = tower(config, config.count("width", 512), config.count("heads", 8), activation);
        return ClipBounds.text(
                config, new Text(tower, vocabulary, config.count("context_length", 77), vocabulary - 1L));
    }

    private static Tower tower(ConfigNode config, int width, int heads, Activation activation) {
        // Rounded down, as open_clip does: int(width * mlp_ratio).
        int feedForward = (int) (width * config.positive("mlp_ratio", MLP_RATIO));
        return ClipBounds.tower(
                config, new Tower(width, config.count("layers", 12), heads, feedForward, activation, EPSILON));
    }
}

package io.blemish.lm;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * The architecture of a GPT-2 checkpoint: a decoder-only transformer with learned positions, norms before attention and feed-forward, and
 * gelu by its approximation with tanh (Radford et al., Language Models are Unsupervised Multitask Learners, 2019).
 *
 * <p>Published configurations omit what equals the defaults of {@code GPT2Config}: those of the smallest GPT-2.
 *
 * @param width of the residual stream and of the embeddings
 * @param layers number of blocks
 * @param heads of the attention; they divide the width
 * @param feedForward width between the two layers of a block's feed-forward network
 * @param vocabulary number of token ids
 * @param positions the most tokens of a text
 * @param epsilon added to the variance in every layer norm
 * @param end the token that ends a text
 */
public record Gpt2Config(
        int width, int layers, int heads, int feedForward, int vocabulary, int positions, double epsilon, long end) {
    private static final String CURE = "Name a folder with a GPT-2 checkpoint";

    /**
     * The architecture that a {@code config.json} describes.
     *
     * @param file to name in messages
     * @throws UserException naming the file, for another architecture than GPT-2's or an impossible number
     */
    public static Gpt2Config read(Path file, JsonNode json) {
        ConfigNode config = ConfigNode.top(new ConfigNode.Origin(file, "GPT-2's", CURE), json);
        requireGpt2(config);
        int width = config.count("n_embd", 768);
        Gpt2Config read = new Gpt2Config(
                width,
                config.count("n_layer", 12),
                config.count("n_head", 12),
                config.count("n_inner", 4 * width),
                config.count("vocab_size", 50257),
                config.count("n_positions", 1024),
                config.positive("layer_norm_epsilon", 1e-5),
                config.id("eos_token_id", 50256));
        read.requirePossible(config);
        return read;
    }

    private static void requireGpt2(ConfigNode config) {
        requireText(config, "model_type", "gpt2");
        requireText(config, "activation_function", "gelu_new");
        for (String key : new String[] {"scale_attn_weights", "tie_word_embeddings"}) {
            if (!config.flag(key, true)) {
                throw config.refused(key, "only true is supported");
            }
        }
        for (String key : new String[] {"scale_attn_by_inverse_layer_idx", "add_cross_attention"}) {
            if (config.flag(key, false)) {
                throw config.refused(key, "only false is supported");
            }
        }
    }

    private static void requireText(ConfigNode config, String key, String supported) {
        if (!config.text(key, supported).equals(supported)) {
            throw config.refused(key, "only \"" + supported + "\" is supported");
        }
    }

    private void requirePossible(ConfigNode config) {
        LmBounds.require(config, new LmBounds.Sizes(width, heads, layers, positions, vocabulary), end);
    }
}

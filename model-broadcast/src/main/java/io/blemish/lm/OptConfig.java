package io.blemish.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * The architecture of an OPT checkpoint: a decoder-only transformer with learned positions and ReLU (Zhang et al., OPT: Open Pre-trained
 * Transformer Language Models, 2022, arXiv 2205.01068).
 *
 * <p>Published configurations omit what equals the defaults of {@code OPTConfig}, so every number has one: those of OPT-125m.
 *
 * @param width of the residual stream
 * @param layers number of blocks
 * @param heads of the attention; they divide the width
 * @param feedForward width between the two layers of a block's feed-forward network
 * @param norm where a block normalises
 * @param embedding width of the token embeddings; projected where it is not the width of the stream, as in OPT-350m
 * @param vocabulary number of token ids
 * @param positions the most tokens of a text
 * @param tokens the ids with a meaning of their own
 */
public record OptConfig(
        int width,
        int layers,
        int heads,
        int feedForward,
        NormPlace norm,
        int embedding,
        int vocabulary,
        int positions,
        SpecialTokens tokens) {
    /** Added to the variance in every layer norm. */
    static final double EPSILON = 1e-5;

    private static final String CURE = "Name a folder with an OPT checkpoint";
    private static final double DROPOUT = 0.1;
    private static final double INITIAL_DEVIATION = 0.02;

    /**
     * The ids with a meaning of their own: OPT begins and ends a text with the same.
     *
     * @param begin the first token of every text
     * @param end the token that ends a text
     * @param pad what makes texts equally long
     */
    public record SpecialTokens(long begin, long end, long pad) {
        /** Those of every published OPT: {@code </s>} begins and ends, {@code <pad>} fills. */
        public static final SpecialTokens OF_OPT = new SpecialTokens(2, 2, 1);
    }

    /**
     * The architecture that a {@code config.json} describes.
     *
     * @param file to name in messages
     * @throws UserException naming the file, for another architecture than OPT's or an impossible number
     */
    public static OptConfig read(Path file, JsonNode json) {
        ConfigNode config = ConfigNode.top(new ConfigNode.Origin(file, "OPT's", CURE), json);
        requireOpt(config);
        int width = config.count("hidden_size", 768);
        OptConfig read = new OptConfig(
                width,
                config.count("num_hidden_layers", 12),
                config.count("num_attention_heads", 12),
                config.count("ffn_dim", 3072),
                norm(config),
                config.count("word_embed_proj_dim", width),
                config.count("vocab_size", 50272),
                config.count("max_position_embeddings", 2048),
                new SpecialTokens(
                        config.id("bos_token_id", SpecialTokens.OF_OPT.begin()),
                        config.id("eos_token_id", SpecialTokens.OF_OPT.end()),
                        config.id("pad_token_id", SpecialTokens.OF_OPT.pad())));
        read.requirePossible(config);
        return read;
    }

    /** The same architecture with another number of token ids. */
    public OptConfig withVocabulary(int size) {
        return new OptConfig(width, layers, heads, feedForward, norm, embedding, size, positions, tokens);
    }

    /** Whether token embeddings have another width than the residual stream. */
    public boolean projected() {
        return embedding != width;
    }

    /**
     * The {@code config.json} from which Hugging Face's library builds the same model.
     *
     * @param dtype of the weights beside it: {@code float32} or {@code float16}
     */
    public ObjectNode json(String dtype) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model_type", "opt").putArray("architectures").add("OPTForCausalLM");
        json.put("hidden_size", width)
                .put("word_embed_proj_dim", embedding)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", heads)
                .put("ffn_dim", feedForward)
                .put("activation_function", "relu")
                .put("do_layer_norm_before", norm != NormPlace.AFTER)
                .put("_remove_final_layer_norm", norm == NormPlace.BEFORE_NOT_LAST)
                .put("enable_bias", true)
                .put("layer_norm_elementwise_affine", true)
                .put("tie_word_embeddings", true)
                .put("vocab_size", vocabulary)
                .put("max_position_embeddings", positions)
                .put("bos_token_id", tokens.begin())
                .put("eos_token_id", tokens.end())
                .put("pad_token_id", tokens.pad())
                .put("prefix", "</s>")
                .put("dropout", DROPOUT)
                .put("attention_dropout", 0.0)
                .put("layerdrop", 0.0)
                .put("init_std", INITIAL_DEVIATION)
                .put("use_cache", true)
                .put("torch_dtype", dtype);
        return json;
    }

    private static void requireOpt(ConfigNode config) {
        requireText(config, "model_type", "opt");
        requireText(config, "activation_function", "relu");
        for (String key : new String[] {"enable_bias", "layer_norm_elementwise_affine", "tie_word_embeddings"}) {
            if (!config.flag(key, true)) {
                throw config.refused(key, "only true is supported");
            }
        }
    }

    private static void requireText(ConfigNode config, String key, String supported) {
        if (!config.text(key, supported).equals(supported)) {
            throw config.refused(key, "only \"" + supported + "\" is supported");
        }
    }

    private static NormPlace norm(ConfigNode config) {
        if (!config.flag("do_layer_norm_before", true)) {
            return NormPlace.AFTER;
        }

        return config.flag("_remove_final_layer_norm", false) ? NormPlace.BEFORE_NOT_LAST : NormPlace.BEFORE;
    }

    private void requirePossible(ConfigNode config) {
        LmBounds.require(
                config,
                new LmBounds.Sizes(width, heads, layers, positions, vocabulary),
                Math.max(tokens.begin(), Math.max(tokens.end(), tokens.pad())));
    }
}

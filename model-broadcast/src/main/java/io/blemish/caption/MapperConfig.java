package io.blemish.caption;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.ConfigNode;
import java.io.Serializable;

/**
 * The architecture of a mapper.
 *
 * @param kind which one
 * @param scale how embeddings go in
 * @param embedding width of an image's embedding
 * @param prefix tokens of the prefix that it becomes
 * @param width of the language model's embeddings
 * @param hidden width of the MLP's hidden layer, or of the feed-forward networks; 0 for {@link MapperKind#LINEAR}
 * @param clipLength tokens that the embedding is spread over; 1 but for {@link MapperKind#TRANSFORMER}
 * @param layers of attention; 0 where there are none
 * @param heads of the attention; 1 but for {@link MapperKind#TRANSFORMER}
 */
public record MapperConfig(
        MapperKind kind,
        EmbeddingScale scale,
        int embedding,
        int prefix,
        int width,
        int hidden,
        int clipLength,
        int layers,
        int heads)
        implements Serializable {
    /** Heads of every published transformer: no shape tells them. */
    public static final int PUBLISHED_HEADS = 8;

    private static final int PUBLISHED_LAYERS = 8;

    /** Checks the numbers. */
    public MapperConfig {
        boolean positive = embedding > 0 && prefix > 0 && width > 0 && clipLength > 0 && heads > 0;
        if (!positive || layers < 0 || hidden < 0 || width % heads != 0) {
            throw new IllegalArgumentException("no mapper has an embedding of " + embedding + ", a prefix of " + prefix
                    + " x " + width + ", " + hidden + " hidden, a clip length of " + clipLength + ", " + layers
                    + " layers and " + heads + " heads");
        }
    }

    /** The published proportions for these sizes, for embeddings as they are. */
    public static MapperConfig standard(MapperKind kind, int embedding, int prefix, int width) {
        EmbeddingScale raw = EmbeddingScale.RAW;
        return switch (kind) {
            case LINEAR -> new MapperConfig(kind, raw, embedding, prefix, width, 0, 1, 0, 1);
            case MLP -> new MapperConfig(kind, raw, embedding, prefix, width, prefix * width / 2, 1, 0, 1);
            case TRANSFORMER -> {
                int heads = width % PUBLISHED_HEADS == 0 ? PUBLISHED_HEADS : 1;
                yield new MapperConfig(kind, raw, embedding, prefix, width, 2 * width, prefix, PUBLISHED_LAYERS, heads);
            }
            case CLIPCAP_XAI ->
                new MapperConfig(kind, raw, embedding, prefix, width, 4 * width, 1, PUBLISHED_LAYERS, 1);
        };
    }

    /** The same with embeddings at another scale. */
    public MapperConfig withScale(EmbeddingScale other) {
        return new MapperConfig(kind, other, embedding, prefix, width, hidden, clipLength, layers, heads);
    }

    /** The same with another hidden width. */
    public MapperConfig withHidden(int other) {
        return new MapperConfig(kind, scale, embedding, prefix, width, other, clipLength, layers, heads);
    }

    /** The same with the embedding spread over another number of tokens. */
    public MapperConfig withClipLength(int other) {
        return new MapperConfig(kind, scale, embedding, prefix, width, hidden, other, layers, heads);
    }

    /** The same with another number of layers. */
    public MapperConfig withLayers(int other) {
        return new MapperConfig(kind, scale, embedding, prefix, width, hidden, clipLength, other, heads);
    }

    /** The same with another number of heads. */
    public MapperConfig withHeads(int other) {
        return new MapperConfig(kind, scale, embedding, prefix, width, hidden, clipLength, layers, other);
    }

    /** The architecture as part of a bundle's {@code config.json}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mapper", kind.label()).put("normalize", scale == EmbeddingScale.UNIT);
        json.put("embedding", embedding).put("prefix_length", prefix).put("width", width);
        json.put("hidden", hidden).put("clip_length", clipLength);
        json.put("layers", layers).put("heads", heads);
        return json;
    }

    /**
     * Checks that a {@code config.json} says nothing else than these numbers, which the weights' shapes gave.
     *
     * @throws io.blemish.error.UserException naming the file and the key
     */
    void requireSame(ConfigNode config) {
        if (!config.text("mapper", kind.label()).equals(kind.label())) {
            throw config.refused("mapper", "the weights are of a mapper of the kind " + kind.label());
        }
        requireSame(config, "embedding", embedding);
        requireSame(config, "prefix_length", prefix);
        requireSame(config, "width", width);
        if (kind == MapperKind.TRANSFORMER) {
            requireSame(config, "clip_length", clipLength);
        }
    }

    private static void requireSame(ConfigNode config, String key, int shape) {
        if (config.count(key, shape) != shape) {
            throw config.refused(key, "the weights have the shape of " + shape);
        }
    }
}

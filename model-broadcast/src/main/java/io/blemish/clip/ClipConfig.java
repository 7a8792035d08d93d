package io.blemish.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ConfigNode;
import java.nio.file.Path;

/**
 * The architecture of a CLIP checkpoint: two pre-norm transformers into one space (Radford et al., Learning Transferable Visual Models
 * From Natural Language Supervision, 2021, arXiv 2103.00020).
 *
 * <p>Published configurations omit what equals the defaults of their library, so every number has one. Shapes of tensors are checked
 * against these numbers when the weights are read ({@link ClipWeights}).
 *
 * @param vision the image tower
 * @param text the text tower
 * @param embedding width of the space that both project into
 */
public record ClipConfig(Vision vision, Text text, int embedding) {
    /**
     * What both transformers have.
     *
     * @param width of the residual stream
     * @param layers number of blocks
     * @param heads of the attention; they divide the width
     * @param feedForward width between the two layers of a block's feed-forward network
     * @param activation between them
     * @param epsilon added to the variance in every layer norm
     */
    public record Tower(int width, int layers, int heads, int feedForward, Activation activation, double epsilon) {
        /** Width of one head. */
        public int headWidth() {
            return width / heads;
        }
    }

    /**
     * The image tower.
     *
     * @param tower its transformer
     * @param side of the square picture in pixels
     * @param patch side of a patch in pixels
     * @param relevanceBlocks from how many of the last blocks relevance is summed, 1 to all: a trait of the model that is chosen by
     *     measurement, which {@code relevance_blocks} of its configuration states; 1 where it doesn't
     */
    public record Vision(Tower tower, int side, int patch, int relevanceBlocks) {
        /** Patches along one side of the picture. */
        public int grid() {
            return side / patch;
        }

        /** Patches and the class token. */
        public int tokens() {
            return 1 + grid() * grid();
        }
    }

    /**
     * The text tower.
     *
     * @param tower its transformer
     * @param vocabulary number of token ids
     * @param positions the most tokens of a text
     * @param endOfText id of the token whose output is the text's
     */
    public record Text(Tower tower, int vocabulary, int positions, long endOfText) {}

    /**
     * The architecture that {@code config.json} of Hugging Face, or {@code open_clip_config.json}, describes.
     *
     * @throws io.blemish.error.UserException naming the file, for another architecture than CLIP's or an impossible number
     */
    public static ClipConfig read(Checkpoint checkpoint) {
        JsonNode config = checkpoint.config();
        return config.has("model_cfg")
                ? OpenClipConfig.read(new ConfigNode(
                        origin(checkpoint.folder(), "open_clip_config.json"), "model_cfg", config.get("model_cfg")))
                : HuggingFaceConfig.read(ConfigNode.top(origin(checkpoint.folder(), "config.json"), config));
    }

    /**
     * The architecture that {@code config.json} of a folder without weights describes. The end-of-text token is that of
     * a vocabulary of CLIP's kind, the last: what the file says of it belongs to weights.
     */
    public static ClipConfig ofUntrained(Path folder) {
        ObjectNode config = Checkpoint.configuration(folder).deepCopy();
        ObjectNode text =
                config.path("text_config") instanceof ObjectNode given ? given : config.putObject("text_config");
        text.put("eos_token_id", 0);
        ClipConfig read = HuggingFaceConfig.read(ConfigNode.top(origin(folder, "config.json"), config));
        return read.withVocabulary(read.text.vocabulary, read.text.vocabulary - 1L);
    }

    /** This architecture with another vocabulary. */
    public ClipConfig withVocabulary(int vocabulary, long endOfText) {
        return new ClipConfig(vision, new Text(text.tower, vocabulary, text.positions, endOfText), embedding);
    }

    /** This architecture for pictures of another side. */
    public ClipConfig withSide(int side) {
        return new ClipConfig(new Vision(vision.tower, side, vision.patch, vision.relevanceBlocks), text, embedding);
    }

    /** This architecture as Hugging Face's {@code config.json} of a {@code CLIPModel}. */
    public ObjectNode toJson() {
        return HuggingFaceConfig.write(this);
    }

    /** The architecture in one line that never changes for the same model: part of its fingerprint. */
    public String canonical() {
        return "vision " + canonical(vision.tower) + " side " + vision.side + " patch " + vision.patch + " text "
                + canonical(text.tower) + " vocabulary " + text.vocabulary + " positions " + text.positions + " end "
                + text.endOfText + " embedding " + embedding
                + (vision.relevanceBlocks == 1 ? "" : " relevance " + vision.relevanceBlocks);
    }

    private static ConfigNode.Origin origin(Path folder, String file) {
        return new ConfigNode.Origin(
                folder.resolve(file), "CLIP's", "Name a folder with a CLIP vision transformer's checkpoint");
    }

    private static String canonical(Tower tower) {
        return tower.width + "x" + tower.layers + " heads " + tower.heads + " feed-forward " + tower.feedForward + " "
                + tower.activation.label() + " epsilon " + tower.epsilon;
    }
}

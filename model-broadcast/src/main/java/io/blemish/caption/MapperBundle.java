package io.blemish.caption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import io.blemish.lm.Decoding;
import io.blemish.lm.LmCheckpoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a mapper: {@code model.safetensors} with the published names of its tensors (or a published checkpoint as {@code
 * pytorch_model.bin}), and {@code config.json}, which says what the shapes do not: whether embeddings are normalised, the heads, the
 * encoder and the language model that it was trained for, the prompt, and how captions are written unless something else is asked for.
 */
public final class MapperBundle {
    /** The kind of model, in {@code config.json}. */
    public static final String MODEL_TYPE = "blemish-mapper";

    private static final int SHOWN = 12;

    private final Path folder;
    private final MapperWeights weights;
    private final MapperSettings settings;

    private MapperBundle(Path folder, MapperWeights weights, MapperSettings settings) {
        this.folder = folder;
        this.weights = weights;
        this.settings = settings;
    }

    /**
     * Opens a folder.
     *
     * @throws UserException one line, for anything that is missing, left over, of the wrong shape or contradicts the weights
     */
    public static MapperBundle open(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        ConfigNode config = ConfigNode.top(
                new ConfigNode.Origin(
                        folder.resolve("config.json"), "a mapper's", "Name a folder that blemish train has written"),
                checkpoint.config());
        if (!config.text("model_type", MODEL_TYPE).equals(MODEL_TYPE)) {
            throw config.refused("model_type", "only \"" + MODEL_TYPE + "\" is a mapper");
        }

        MapperWeights.Untold untold = new MapperWeights.Untold(
                config.flag("normalize", false) ? EmbeddingScale.UNIT : EmbeddingScale.RAW,
                config.has("width") ? Optional.of(config.count("width", 1)) : Optional.empty(),
                config.count("heads", MapperConfig.PUBLISHED_HEADS));
        MapperWeights weights = MapperWeights.of(checkpoint.weightsFile(), checkpoint.tensors(), untold);
        weights.config().requireSame(config);
        return new MapperBundle(folder, weights, MapperSettings.read(config));
    }

    /** The {@code config.json} of a bundle. */
    public static ObjectNode json(MapperConfig config, MapperSettings settings) {
        ObjectNode json = config.json();
        json.put("model_type", MODEL_TYPE);
        settings.writeTo(json);
        return json;
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** The architecture. */
    public MapperConfig config() {
        return weights.config();
    }

    /** The weights. */
    public MapperWeights weights() {
        return weights;
    }

    /** What it was trained with. */
    public MapperSettings settings() {
        return settings;
    }

    /** What stands between prefix and caption; empty for nothing. */
    public String prompt() {
        return settings.prompt();
    }

    /** How captions are written unless something else is asked for. */
    public Decoding decoding() {
        return settings.decoding();
    }

    /**
     * Checks that encoder and language model are those that the mapper was trained for. Where the bundle names none, as for a published
     * checkpoint, their widths alone are compared.
     *
     * @param encoder {@link io.blemish.clip.Clip#fingerprint()} of the CLIP that makes the embeddings
     * @param embedding their width
     * @throws UserException naming what does not belong to the mapper
     */
    public void check(String encoder, int embedding, LmCheckpoint lm) {
        requireSame("another CLIP", settings.encoder(), encoder, "--clip");
        requireSame("another language model", settings.languageModel(), lm.fingerprint(Precision.FP32), "--lm");
        if (embedding != config().embedding()) {
            throw refused(
                    "it takes embeddings of " + config().embedding() + " numbers, this CLIP gives " + embedding,
                    "--clip");
        }
        if (lm.width() != config().width()) {
            throw refused(
                    "it makes vectors of " + config().width() + " numbers, this language model takes " + lm.width(),
                    "--lm");
        }
    }

    /**
     * The {@code captioner_id}: equal for two runs only if they give an embedding the same captions.
     *
     * @param precision of mapper and language model
     * @return 64 hexadecimal digits over mapper, language model, prompt, precision and decoding
     */
    public String captionerId(LmCheckpoint lm, Precision precision, Decoding asked) {
        return new Fingerprint()
                .tensors(weights.tensors())
                .value("mapper", weights.config().toString())
                .value("prompt", prompt())
                .value("language model", lm.fingerprint(precision))
                .value("precision", precision.label())
                .value("decoding", asked.toString())
                .hex();
    }

    private void requireSame(String other, Optional<String> trainedFor, String given, String option) {
        if (trainedFor.isPresent() && !trainedFor.get().equals(given)) {
            throw refused(
                    "it was trained for " + other + " (" + shortened(trainedFor.get()) + ", not " + shortened(given)
                            + ")",
                    option);
        }
    }

    private UserException refused(String cause, String option) {
        return UserException.cannot(
                "use the mapper " + folder, cause, "Name the folder that it was trained with with " + option);
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(SHOWN, fingerprint.length()));
    }
}

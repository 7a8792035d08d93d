package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder as Hugging Face lays it out: a configuration and weights, and files for preprocessing and the tokenizer.
 *
 * <p>Weights are looked for in this order: {@code model.safetensors}, {@code model.safetensors.index.json} with its
 * shards,
 * {@code pytorch_model.bin}, {@code pytorch_model.bin.index.json} with its shards, {@code open_clip_model.safetensors},
 * {@code open_clip_pytorch_model.bin}. Of {@code config.json} and {@code open_clip_config.json} the one that goes with
 * the weights found is taken, or the only one there is.
 *
 * @param folder the folder
 * @param weightsFile the file of weights, or the index of its shards: what messages about tensors should name
 * @param config the configuration: {@code model_type} tells Hugging Face's, {@code model_cfg} open_clip's
 * @param preprocessor {@code preprocessor_config.json}, or open_clip's {@code preprocess_cfg} under Hugging Face's
 *     names
 * @param tensors the weights, memory-mapped
 */
public record Checkpoint(
        Path folder, Path weightsFile, JsonNode config, Optional<JsonNode> preprocessor, StateDict tensors) {
    private static final String CONFIG = "config.json";
    private static final String OPEN_CLIP_CONFIG = "open_clip_config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";
    private static final String PREPROCESS_CFG = "preprocess_cfg";
    private static final String INDEX_SUFFIX = ".index.json";
    private static final String OPEN_CLIP_PREFIX = "open_clip_";
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors",
            "model.safetensors" + INDEX_SUFFIX,
            "pytorch_model.bin",
            "pytorch_model.bin" + INDEX_SUFFIX,
            OPEN_CLIP_PREFIX + "model.safetensors",
            OPEN_CLIP_PREFIX + "pytorch_model.bin");

    /**
     * Opens a folder and reads everything but the tensors' bytes.
     *
     * @throws UserException one line that names what is missing or broken
     */
    public static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw UserException.cannot(
                    "open the checkpoint " + folder, "there is no such folder", "Name a folder with a model in it");
        }

        Path weights = weights(folder);
        JsonNode config = config(folder, weights.getFileName().toString());
        boolean sharded = weights.getFileName().toString().endsWith(INDEX_SUFFIX);
        StateDict tensors = sharded ? Shards.read(weights) : StateDict.read(weights);
        return new Checkpoint(folder, weights, config, preprocessor(folder, config), tensors);
    }

    /**
     * Hugging Face's configuration without weights.
     *
     * @param origin the file, or a folder that holds {@code config.json}
     * @throws UserException one line that names what is missing or broken
     */
    public static JsonNode configuration(Path origin) {
        if (Files.isRegularFile(origin)) {
            return JsonFile.read(origin);
        }

        Path file = origin.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw UserException.cannot(
                    "read the configuration in " + origin, "it has no " + CONFIG, "Name a folder that holds one");
        }

        return JsonFile.read(file);
    }

    /** What {@code preprocessor_config.json} of a folder that may have no weights says; empty without it. */
    public static Optional<JsonNode> preprocessor(Path folder) {
        Path file = folder.resolve(PREPROCESSOR);
        return Files.isRegularFile(file) ? Optional.of(JsonFile.read(file)) : Optional.empty();
    }

    /** The file that {@link #preprocessor} is from: what messages about it should name. */
    public Path preprocessorFile() {
        Path file = folder.resolve(PREPROCESSOR);
        boolean openClip = config.has(PREPROCESS_CFG) && !Files.isRegularFile(file);
        return openClip ? folder.resolve(OPEN_CLIP_CONFIG) : file;
    }

    private static Path weights(Path folder) {
        return WEIGHTS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> UserException.cannot(
                        "open the checkpoint " + folder,
                        "it has no weights: none of " + String.join(", ", WEIGHTS),
                        "Name a folder that holds one of them"));
    }

    private static JsonNode config(Path folder, String weights) {
        List<String> names = weights.startsWith(OPEN_CLIP_PREFIX)
                ? List.of(OPEN_CLIP_CONFIG, CONFIG)
                : List.of(CONFIG, OPEN_CLIP_CONFIG);
        Path file = names.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> UserException.cannot(
                        "open the checkpoint " + folder,
                        "it has " + weights + " but neither " + CONFIG + " nor " + OPEN_CLIP_CONFIG,
                        "Add the configuration that belongs to the weights"));
        return JsonFile.read(file);
    }

    private static Optional<JsonNode> preprocessor(Path folder, JsonNode config) {
        Path file = folder.resolve(PREPROCESSOR);
        if (Files.isRegularFile(file)) {
            return Optional.of(JsonFile.read(file));
        }

        return Optional.ofNullable(config.get(PREPROCESS_CFG)).map(Checkpoint::renamed);
    }

    private static JsonNode renamed(JsonNode openClip) {
        ObjectNode preprocessor = new ObjectMapper().createObjectNode();
        openClip.properties().forEach(field -> {
            boolean statistic = field.getKey().equals("mean") || field.getKey().equals("std");
            preprocessor.set(statistic ? "image_" + field.getKey() : field.getKey(), field.getValue());
        });

        return preprocessor;
    }
}

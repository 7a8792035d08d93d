package io.blemish.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.ClipConfig;
import io.blemish.error.UserException;
import io.blemish.image.ImageProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The folder that a trained CLIP ends up in, as Hugging Face lays it out: transformers' {@code CLIPModel} and {@link
 * io.blemish.clip.Clip} open it. The tokenizer is there before: see {@link ClipStart}.
 */
public final class ClipFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** A folder that exists. */
    public ClipFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes configuration, preprocessing and weights.
     *
     * @param precision F32 or F16
     */
    public void writeModel(ClipConfig config, ImageProcessor processor, Collection<Tensor> weights, DType precision) {
        ObjectNode json = config.toJson();
        json.put("torch_dtype", precision == DType.F16 ? "float16" : "float32");
        writeJson("config.json", json);
        writeJson("preprocessor_config.json", preprocessor(processor));
        List<Tensor> stored =
                weights.stream().map(tensor -> tensor.as(precision)).toList();
        Safetensors.write(folder.resolve("model.safetensors"), stored, Map.of("format", "pt"));
    }

    /** Writes the course of the training: as numbers, as a picture, and as the model card. */
    public void writeCard(ClipCard card) {
        ObjectNode metrics = card.facts();
        List<Epoch> epochs = card.epochs();
        EarlyStopping.best(epochs).ifPresent(best -> metrics.set("best", JSON.valueToTree(best)));
        metrics.set("epochs", JSON.valueToTree(epochs));
        writeJson("metrics.json", metrics);
        LossCurve.write(folder.resolve("loss-curve.png"), "Contrastive training", "retrieval accuracy", epochs);
        try {
            Files.writeString(folder.resolve("README.md"), card.markdown(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static ObjectNode preprocessor(ImageProcessor processor) {
        ObjectNode json = JSON.createObjectNode();
        json.put("image_processor_type", "CLIPImageProcessor");
        json.put("do_resize", true).put("do_center_crop", true).put("do_rescale", true);
        json.put("do_normalize", true).put("do_convert_rgb", true);
        json.put("resample", 3).put("rescale_factor", 1 / 255.0);
        json.putObject("size").put("shortest_edge", processor.side());
        json.putObject("crop_size").put("height", processor.side()).put("width", processor.side());
        numbers(json.putArray("image_mean"), processor.mean());
        numbers(json.putArray("image_std"), processor.std());
        return json;
    }

    private static void numbers(ArrayNode array, float[] values) {
        for (float value : values) {
            array.add(Double.parseDouble(Float.toString(value)));
        }
    }

    private void writeJson(String name, ObjectNode json) {
        try {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve(name).toFile(), json);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UserException unwritable(IOException e) {
        return UserException.cannot(
                "write the model to " + folder, e.toString(), "Check the folder and its free space", e);
    }
}

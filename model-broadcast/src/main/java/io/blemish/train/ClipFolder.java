package io.blemish.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.ClipConfig;
import io.blemish.image.ImageProcessor;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The folder that a trained CLIP ends up in, as Hugging Face lays it out: transformers' {@code CLIPModel} and {@link
 * io.blemish.clip.Clip} open it. The tokenizer is there before: see {@link ClipStart}.
 */
public final class ClipFolder {
    private final ModelFolder folder;

    /** A folder that exists. */
    public ClipFolder(Path folder) {
        this.folder = new ModelFolder(folder);
    }

    /**
     * Writes configuration, preprocessing and weights.
     *
     * @param precision F32 or F16
     */
    public void writeModel(ClipConfig config, ImageProcessor processor, Collection<Tensor> weights, DType precision) {
        ObjectNode json = config.toJson();
        json.put("torch_dtype", precision == DType.F16 ? "float16" : "float32");
        folder.writeJson("config.json", json);
        folder.writeJson("preprocessor_config.json", preprocessor(processor));
        folder.writeWeights(weights, precision);
    }

    /** Writes the course of the training: as numbers, as a picture, and as the model card. */
    public void writeCard(ClipCard card) {
        folder.writeMetrics("Contrastive training", "retrieval accuracy", card.facts(), card.epochs());
        folder.writeCard(card.markdown());
    }

    private static ObjectNode preprocessor(ImageProcessor processor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
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
}

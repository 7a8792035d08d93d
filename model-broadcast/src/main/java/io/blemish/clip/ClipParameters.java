package io.blemish.clip;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.image.ImageProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CLIP's tensors as training sees them: by Hugging Face's names, in the order in which {@code forward} of the two
 * scripts takes them, and the scripts without weights of their own.
 */
public final class ClipParameters {
    /** The logarithm of what similarities are multiplied by. */
    public static final String LOGIT_SCALE = "logit_scale";

    /** The vision tower's position embeddings: tokens × width, the class token first. */
    public static final String POSITIONS = "vision_model.embeddings.position_embedding.weight";

    private static final String VISION = "vision_model.";
    private static final String TEXT = "text_model.";
    private static final List<String> LISTS = List.of(
            "norm1_weight",
            "norm1_bias",
            "qkv_weight",
            "qkv_bias",
            "out_weight",
            "out_bias",
            "norm2_weight",
            "norm2_bias",
            "fc1_weight",
            "fc1_bias",
            "fc2_weight",
            "fc2_bias");

    private ClipParameters() {}

    /** The shape of every tensor. */
    public static Map<String, long[]> shapes(ClipConfig config) {
        return ClipNames.huggingFaceShapes(config);
    }

    /** The tensors of a checkpoint, once it is certain that they are exactly those that the configuration describes. */
    public static StateDict read(Checkpoint checkpoint, ClipConfig config) {
        return ClipNames.huggingFace(checkpoint, config);
    }

    /** The vision tower's tensors in the order of its script. */
    public static List<String> vision(ClipConfig config) {
        List<String> names = new ArrayList<>(List.of(
                VISION + "embeddings.class_embedding", VISION + "embeddings.patch_embedding.weight", POSITIONS));
        layer(names, VISION + "pre_layrnorm");
        blocks(names, VISION, config.vision().tower());
        layer(names, VISION + "post_layernorm");
        names.add("visual_projection.weight");
        return names;
    }

    /** The text tower's tensors in the order of its script. */
    public static List<String> text(ClipConfig config) {
        List<String> names = new ArrayList<>(
                List.of(TEXT + "embeddings.token_embedding.weight", TEXT + "embeddings.position_embedding.weight"));
        blocks(names, TEXT, config.text().tower());
        layer(names, TEXT + "final_layer_norm");
        names.add("text_projection.weight");
        return names;
    }

    /** The vision tower's script, whose weights are inputs. */
    public static TorchScriptArchive.Builder visionScript(ClipConfig config, ImageProcessor processor) {
        TorchScriptArchive.Builder archive =
                script("ClipVision", config.vision().tower());
        for (String name : List.of(
                "patch_weight",
                "class_embedding",
                "position_embedding",
                "pre_norm_weight",
                "pre_norm_bias",
                "post_norm_weight",
                "post_norm_bias",
                "projection")) {
            archive.tensor(name, Tensor.ofFloats(name, new float[0], 0));
        }
        return archive.tensor("mean", Tensor.ofFloats("mean", processor.mean(), 3, 1, 1))
                .tensor("std", Tensor.ofFloats("std", processor.std(), 3, 1, 1))
                .attribute("side", config.vision().side())
                .attribute("patch", config.vision().patch())
                .attribute("relevance_blocks", config.vision().relevanceBlocks());
    }

    /** The text tower's script, whose weights are inputs. */
    public static TorchScriptArchive.Builder textScript(ClipConfig config) {
        TorchScriptArchive.Builder archive = script("ClipText", config.text().tower());
        for (String name : List.of(
                "token_embedding", "position_embedding", "final_norm_weight", "final_norm_bias", "projection")) {
            archive.tensor(name, Tensor.ofFloats(name, new float[0], 0));
        }
        return archive;
    }

    private static TorchScriptArchive.Builder script(String className, ClipConfig.Tower tower) {
        TorchScriptArchive.Builder archive = TorchScriptArchive.of(ClipParameters.class, className)
                .attribute("heads", tower.heads())
                .attribute("epsilon", tower.epsilon())
                .attribute("silu", tower.activation() == Activation.QUICK_GELU);
        LISTS.forEach(name -> archive.tensors(name, DType.F32, new long[0], List.of()));
        return archive;
    }

    private static void blocks(List<String> names, String tower, ClipConfig.Tower config) {
        for (int i = 0; i < config.layers(); i++) {
            String block = tower + "encoder.layers." + i + ".";
            layer(names, block + "layer_norm1");
            for (String part : List.of("q", "k", "v", "out")) {
                layer(names, block + "self_attn." + part + "_proj");
            }
            layer(names, block + "layer_norm2");
            layer(names, block + "mlp.fc1");
            layer(names, block + "mlp.fc2");
        }
    }

    private static void layer(List<String> names, String name) {
        names.add(name + ".weight");
        names.add(name + ".bias");
    }
}

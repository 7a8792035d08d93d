package io.blemish.clip;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names under which CLIP's tensors are published, and their shapes: those of Hugging Face's {@code CLIPModel}, and those of OpenAI
 * and open_clip, which keep queries, keys and values in one matrix and their projections transposed.
 */
final class ClipNames {
    private static final String OPEN_CLIP_MARK = "visual.class_embedding";
    private static final Set<String> OPEN_CLIP_IGNORABLE =
            Set.of("input_resolution", "context_length", "vocab_size", "attn_mask", "visual.attn_mask");

    private ClipNames() {}

    /**
     * The checkpoint's tensors under Hugging Face's names.
     *
     * @throws io.blemish.error.UserException naming the file and every tensor that is missing, left over, wrong in shape or in type
     */
    static StateDict huggingFace(Checkpoint checkpoint, ClipConfig config) {
        StateDict tensors = checkpoint.tensors();
        if (tensors.contains(OPEN_CLIP_MARK)) {
            return translated(tensors.requireExactly(
                    checkpoint.weightsFile(), openClipShapes(config), OPEN_CLIP_IGNORABLE::contains));
        }

        return tensors.requireExactly(
                checkpoint.weightsFile(), huggingFaceShapes(config), name -> name.endsWith(".position_ids"));
    }

    /** The shape of every tensor under Hugging Face's names. */
    static Map<String, long[]> huggingFaceShapes(ClipConfig config) {
        ClipConfig.Vision vision = config.vision();
        ClipConfig.Text text = config.text();
        long width = vision.tower().width();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("logit_scale", new long[0]);
        shapes.put("visual_projection.weight", new long[] {config.embedding(), width});
        shapes.put(
                "text_projection.weight",
                new long[] {config.embedding(), text.tower().width()});
        shapes.put("vision_model.embeddings.class_embedding", new long[] {width});
        shapes.put(
                "vision_model.embeddings.patch_embedding.weight",
                new long[] {width, 3, vision.patch(), vision.patch()});
        shapes.put("vision_model.embeddings.position_embedding.weight", new long[] {vision.tokens(), width});
        layer(shapes, "vision_model.pre_layrnorm", width);
        layer(shapes, "vision_model.post_layernorm", width);
        shapes.put(
                "text_model.embeddings.token_embedding.weight",
                new long[] {text.vocabulary(), text.tower().width()});
        shapes.put(
                "text_model.embeddings.position_embedding.weight",
                new long[] {text.positions(), text.tower().width()});
        layer(shapes, "text_model.final_layer_norm", text.tower().width());
        huggingFaceBlocks(shapes, "vision_model.encoder.layers.", vision.tower());
        huggingFaceBlocks(shapes, "text_model.encoder.layers.", text.tower());
        return shapes;
    }

    private static void huggingFaceBlocks(Map<String, long[]> shapes, String prefix, ClipConfig.Tower tower) {
        long width = tower.width();
        for (int i = 0; i < tower.layers(); i++) {
            String block = prefix + i + ".";
            for (String part : List.of("q", "k", "v", "out")) {
                layer(shapes, block + "self_attn." + part + "_proj", width, width);
            }
            layer(shapes, block + "layer_norm1", width);
            layer(shapes, block + "layer_norm2", width);
            layer(shapes, block + "mlp.fc1", tower.feedForward(), width);
            layer(shapes, block + "mlp.fc2", width, tower.feedForward());
        }
    }

    private static Map<String, long[]> openClipShapes(ClipConfig config) {
        ClipConfig.Vision vision = config.vision();
        ClipConfig.Text text = config.text();
        long width = vision.tower().width();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("logit_scale", new long[0]);
        shapes.put("visual.proj", new long[] {width, config.embedding()});
        shapes.put("text_projection", new long[] {text.tower().width(), config.embedding()});
        shapes.put(OPEN_CLIP_MARK, new long[] {width});
        shapes.put("visual.conv1.weight", new long[] {width, 3, vision.patch(), vision.patch()});
        shapes.put("visual.positional_embedding", new long[] {vision.tokens(), width});
        layer(shapes, "visual.ln_pre", width);
        layer(shapes, "visual.ln_post", width);
        shapes.put(
                "token_embedding.weight",
                new long[] {text.vocabulary(), text.tower().width()});
        shapes.put(
                "positional_embedding",
                new long[] {text.positions(), text.tower().width()});
        layer(shapes, "ln_final", text.tower().width());
        openClipBlocks(shapes, "visual.transformer.resblocks.", vision.tower());
        openClipBlocks(shapes, "transformer.resblocks.", text.tower());
        return shapes;
    }

    private static void openClipBlocks(Map<String, long[]> shapes, String prefix, ClipConfig.Tower tower) {
        long width = tower.width();
        for (int i = 0; i < tower.layers(); i++) {
            String block = prefix + i + ".";
            shapes.put(block + "attn.in_proj_weight", new long[] {3 * width, width});
            shapes.put(block + "attn.in_proj_bias", new long[] {3 * width});
            layer(shapes, block + "attn.out_proj", width, width);
            layer(shapes, block + "ln_1", width);
            layer(shapes, block + "ln_2", width);
            layer(shapes, block + "mlp.c_fc", tower.feedForward(), width);
            layer(shapes, block + "mlp.c_proj", width, tower.feedForward());
        }
    }

    /** A weight of the shape and a bias as long as its first axis. */
    private static void layer(Map<String, long[]> shapes, String name, long... weight) {
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new long[] {weight[0]});
    }

    private static StateDict translated(StateDict openClip) {
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor tensor : openClip) {
            if (tensor.name().contains(".attn.in_proj_")) {
                long width = tensor.size(0) / 3;
                for (int part = 0; part < 3; part++) {
                    String name = translated(tensor.name()).replace("in_proj_", "qkv".charAt(part) + "_proj.");
                    tensors.add(tensor.slice(part * width, (part + 1) * width).named(name));
                }
            } else if (tensor.name().equals("visual.proj")) {
                tensors.add(tensor.transposed().named("visual_projection.weight"));
            } else if (tensor.name().equals("text_projection")) {
                tensors.add(tensor.transposed().named("text_projection.weight"));
            } else {
                tensors.add(tensor.named(translated(tensor.name())));
            }
        }

        return StateDict.of(tensors);
    }

    private static String translated(String name) {
        return name.replaceFirst("^visual\\.transformer\\.resblocks\\.", "vision_model.encoder.layers.")
                .replaceFirst("^transformer\\.resblocks\\.", "text_model.encoder.layers.")
                .replaceFirst("^visual\\.class_embedding$", "vision_model.embeddings.class_embedding")
                .replaceFirst("^visual\\.conv1\\.", "vision_model.embeddings.patch_embedding.")
                .replaceFirst("^visual\\.positional_embedding$", "vision_model.embeddings.position_embedding.weight")
                .replaceFirst("^visual\\.ln_pre\\.", "vision_model.pre_layrnorm.")
                .replaceFirst("^visual\\.ln_post\\.", "vision_model.post_layernorm.")
                .replaceFirst("^token_embedding\\.", "text_model.embeddings.token_embedding.")
                .replaceFirst("^positional_embedding$", "text_model.embeddings.position_embedding.weight")
                .replaceFirst("^ln_final\\.", "text_model.final_layer_norm.")
                .replace(".ln_1.", ".layer_norm1.")
                .replace(".ln_2.", ".layer_norm2.")
                .replace(".attn.", ".self_attn.")
                .replace(".mlp.c_fc.", ".mlp.fc1.")
                .replace(".mlp.c_proj.", ".mlp.fc2.");
    }
}

package io.blemish.clip;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.image.ImageProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tensors of a CLIP checkpoint, as the two scripts want them: lists by kind with one tensor a layer, queries, keys and values side
 * by side, and two constants folded in.
 *
 * <p>The attention's {@code 1/√e} goes into the queries, and quick_gelu's 1.702 into the layers around it ({@link Activation}). Both are
 * multiplied in float32 before the weights are rounded to the precision asked for. The last norm and the projection stay float32.
 */
final class ClipWeights {
    private final ClipConfig config;
    private final StateDict tensors;

    private ClipWeights(ClipConfig config, StateDict tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /** The weights of a checkpoint, once it is certain that they are exactly those that the configuration describes. */
    static ClipWeights of(Checkpoint checkpoint, ClipConfig config) {
        return new ClipWeights(config, ClipNames.huggingFace(checkpoint, config));
    }

    /** All tensors under Hugging Face's names. */
    StateDict tensors() {
        return tensors;
    }

    /** By what cosine similarities are multiplied before the softmax: the exponential of the stored parameter. */
    float logitScale() {
        return (float) Math.exp(tensors.tensor("logit_scale").toFloats()[0]);
    }

    /** The archive of {@code ClipVision.py}. */
    TorchScriptArchive.Builder vision(Precision precision, ImageProcessor processor) {
        return vision(precision.dtype(), DType.F32, LastBlocks.asTrained(), processor);
    }

    /** The same in double precision throughout: what rounding does to a result shows beside it. */
    TorchScriptArchive.Builder doubleVision(ImageProcessor processor) {
        return vision(DType.F64, DType.F64, LastBlocks.asTrained(), processor);
    }

    /** The same with the weights of the blocks that relevance is made from shuffled: what does not change depends on none of them. */
    TorchScriptArchive.Builder shuffledVision(Precision precision, ImageProcessor processor, long seed) {
        return vision(
                precision.dtype(),
                DType.F32,
                LastBlocks.shuffled(config.vision().relevanceBlocks(), seed),
                processor);
    }

    private TorchScriptArchive.Builder vision(
            DType dtype, DType exact, LastBlocks lastBlocks, ImageProcessor processor) {
        ClipConfig.Vision vision = config.vision();
        int width = vision.tower().width();
        int patchPixels = 3 * vision.patch() * vision.patch();
        Packer packer =
                new Packer("ClipVision", dtype, exact, lastBlocks, vision.tower(), "vision_model.encoder.layers.");
        String embeddings = "vision_model.embeddings.";
        packer.tensor("class_embedding", embeddings + "class_embedding", width);
        packer.tensor("patch_weight", embeddings + "patch_embedding.weight", width, patchPixels);
        packer.tensor("position_embedding", embeddings + "position_embedding.weight", vision.tokens(), width);
        packer.norm("pre_norm", "vision_model.pre_layrnorm", dtype);
        packer.norm("post_norm", "vision_model.post_layernorm", exact);
        packer.exact("projection", "visual_projection.weight", config.embedding(), width);
        return packer.archive
                .tensor(
                        "mean",
                        Tensor.ofFloats("mean", processor.mean(), 3, 1, 1).as(exact))
                .tensor("std", Tensor.ofFloats("std", processor.std(), 3, 1, 1).as(exact))
                .attribute("side", vision.side())
                .attribute("patch", vision.patch())
                .attribute("relevance_blocks", vision.relevanceBlocks());
    }

    /** The archive of {@code ClipText.py}, always in float32: it runs once, where speed matters less than the labels. */
    TorchScriptArchive.Builder text() {
        ClipConfig.Text text = config.text();
        int width = text.tower().width();
        LastBlocks lastBlocks = LastBlocks.asTrained();
        Packer packer =
                new Packer("ClipText", DType.F32, DType.F32, lastBlocks, text.tower(), "text_model.encoder.layers.");
        packer.exact("token_embedding", "text_model.embeddings.token_embedding.weight", text.vocabulary(), width);
        packer.exact("position_embedding", "text_model.embeddings.position_embedding.weight", text.positions(), width);
        packer.norm("final_norm", "text_model.final_layer_norm", DType.F32);
        packer.exact("projection", "text_projection.weight", config.embedding(), width);
        return packer.archive;
    }

    /** Gives one script its tensors; each is made while it is written. */
    private final class Packer {
        private final DType dtype;
        private final DType exact;
        private final LastBlocks lastBlocks;
        private final ClipConfig.Tower tower;
        private final String layers;
        private final TorchScriptArchive.Builder archive;

        Packer(
                String className,
                DType dtype,
                DType exact,
                LastBlocks lastBlocks,
                ClipConfig.Tower tower,
                String layers) {
            this.dtype = dtype;
            this.exact = exact;
            this.lastBlocks = lastBlocks;
            this.tower = tower;
            this.layers = layers;
            this.archive = TorchScriptArchive.of(ClipWeights.class, className);
            blocks();
        }

        private void blocks() {
            long width = tower.width();
            long wide = tower.feedForward();
            float fold = tower.activation().fold();
            layered("norm1_weight", layer -> part(layer, "layer_norm1.weight", 1), width);
            layered("norm1_bias", layer -> part(layer, "layer_norm1.bias", 1), width);
            layered("qkv_weight", layer -> attention(layer, ".weight"), 3 * width, width);
            layered("qkv_bias", layer -> attention(layer, ".bias"), 3 * width);
            layered("out_weight", layer -> part(layer, "self_attn.out_proj.weight", 1), width, width);
            layered("out_bias", layer -> part(layer, "self_attn.out_proj.bias", 1), width);
            layered("norm2_weight", layer -> part(layer, "layer_norm2.weight", 1), width);
            layered("norm2_bias", layer -> part(layer, "layer_norm2.bias", 1), width);
            layered("fc1_weight", layer -> part(layer, "mlp.fc1.weight", fold), wide, width);
            layered("fc1_bias", layer -> part(layer, "mlp.fc1.bias", fold), wide);
            layered("fc2_weight", layer -> part(layer, "mlp.fc2.weight", 1 / fold), width, wide);
            layered("fc2_bias", layer -> part(layer, "mlp.fc2.bias", 1), width);
            archive.attribute("heads", tower.heads())
                    .attribute("epsilon", tower.epsilon())
                    .attribute("silu", tower.activation() == Activation.QUICK_GELU);
        }

        /** One tensor in the precision of the weights. */
        void tensor(String name, String source, long... shape) {
            add(name, dtype, shape, () -> tensors.tensor(source).as(dtype).reshaped(shape));
        }

        /** One tensor in the type of results, which is finer than that of the weights, or the same. */
        void exact(String name, String source, long... shape) {
            add(name, exact, shape, () -> tensors.tensor(source).as(exact));
        }

        void norm(String name, String source, DType type) {
            for (String kind : List.of("weight", "bias")) {
                String from = source + "." + kind;
                add(
                        name + "_" + kind,
                        type,
                        new long[] {tower.width()},
                        () -> tensors.tensor(from).as(type));
            }
        }

        private void layered(String name, Function<Integer, Tensor> layer, long... shape) {
            List<Supplier<Tensor>> makers = new ArrayList<>();
            for (int i = 0; i < tower.layers(); i++) {
                int index = i;
                makers.add(() -> lastBlocks.changed(name, tower.layers() - 1 - index, layer.apply(index)));
            }
            archive.tensors(name, dtype, shape, makers);
        }

        private void add(String name, DType type, long[] shape, Supplier<Tensor> maker) {
            archive.tensor(name, type, shape, maker);
        }

        private Tensor part(int layer, String name, float factor) {
            return scaled(tensors.tensor(layers + layer + "." + name), factor).as(dtype);
        }

        private Tensor attention(int layer, String kind) {
            float scale = (float) (1 / Math.sqrt(tower.headWidth()));
            return Tensor.concat(
                    "qkv",
                    List.of(
                            part(layer, "self_attn.q_proj" + kind, scale),
                            part(layer, "self_attn.k_proj" + kind, 1),
                            part(layer, "self_attn.v_proj" + kind, 1)));
        }
    }

    private static Tensor scaled(Tensor tensor, float factor) {
        if (factor == 1) {
            return tensor;
        }

        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.ofFloats(tensor.name(), values, tensor.shape());
    }
}

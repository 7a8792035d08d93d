package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tensors of a GPT-2, as a checkpoint names them and as the script {@code Gpt2.py} takes them: one list, linear layers with their
 * outputs first.
 */
public final class Gpt2Weights {
    private static final String SCRIPT = "CausalLm";
    private static final String MODEL = "Gpt2";

    private final Gpt2Config config;
    private final StateDict tensors;

    /** A tensor of the list: its name, the checkpoint's tensor that it is made of, and whether its axes change places. */
    private record Part(String name, String source, Layout layout) {
        /** How a part lies in the checkpoint. */
        private enum Layout {
            AS_IT_IS,
            INPUTS_FIRST
        }

        Tensor of(StateDict tensors, DType dtype) {
            Tensor tensor = tensors.tensor(source).as(dtype);
            return (layout == Layout.INPUTS_FIRST ? tensor.transposed() : tensor).named(name);
        }

        long[] shape(StateDict tensors) {
            long[] shape = tensors.tensor(source).shape();
            return layout == Layout.INPUTS_FIRST ? new long[] {shape[1], shape[0]} : shape;
        }
    }

    private Gpt2Weights(Gpt2Config config, StateDict tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /**
     * The weights of a checkpoint, once it is certain that they are exactly those that the configuration describes.
     *
     * @throws io.blemish.error.UserException naming the file and what differs
     */
    public static Gpt2Weights of(Checkpoint checkpoint, Gpt2Config config) {
        return new Gpt2Weights(config, Gpt2Names.huggingFace(checkpoint, config));
    }

    /** All tensors under Hugging Face's names, without the output's copy of the embeddings. */
    public StateDict tensors() {
        return tensors;
    }

    /** The list for the script, in float32, each under a name of its own. */
    public List<Tensor> script() {
        return parts().stream().map(part -> part.of(tensors, DType.F32)).toList();
    }

    /** The archive of {@code Gpt2.py} and {@code Decoding.py}, with the list in it: what {@link CausalLms#load} reads. */
    public TorchScriptArchive.Builder archive(Precision precision) {
        return archive(precision, List.of(MODEL, "CausalLm", "WordGradients", "Decoding", "Search"));
    }

    /** The archive of {@code Gpt2.py} and {@code CaptionLoss.py}, with the list in it: what a mapper is trained against. */
    public TorchScriptArchive.Builder archiveForCaptions(Precision precision) {
        return archive(precision, List.of(MODEL, "CausalLm", "CaptionLoss"));
    }

    /** The archive of {@code Gpt2.py} and {@code CaptionLoss.py} without weights: a training hands its list in. */
    public static TorchScriptArchive.Builder archiveForCaptionTraining(Gpt2Config config) {
        return archive(config, List.of(MODEL, "CausalLm", "CaptionLoss"), DType.F32, List.of(), List.of());
    }

    private TorchScriptArchive.Builder archive(Precision precision, List<String> sources) {
        List<Part> parts = parts();
        DType dtype = precision.dtype();
        List<long[]> shapes = parts.stream().map(part -> part.shape(tensors)).toList();
        List<Supplier<Tensor>> makers = new ArrayList<>();
        parts.forEach(part -> makers.add(() -> part.of(tensors, dtype)));
        return archive(config, sources, dtype, shapes, makers);
    }

    private static TorchScriptArchive.Builder archive(
            Gpt2Config config, List<String> sources, DType dtype, List<long[]> shapes, List<Supplier<Tensor>> makers) {
        return TorchScriptArchive.of(Gpt2Weights.class, SCRIPT, sources)
                .tensors("weights", dtype, shapes, makers)
                .attribute("layers", config.layers())
                .attribute("heads", config.heads())
                .attribute("epsilon", config.epsilon())
                .attribute("positions", config.positions())
                .attribute("end", config.end());
    }

    /** The whole list in its order, as the head of {@code Gpt2.py} says. */
    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("token_embedding", Gpt2Names.EMBEDDING, Part.Layout.AS_IT_IS));
        parts.add(new Part("position_embedding", Gpt2Names.POSITIONS, Part.Layout.AS_IT_IS));
        for (int i = 0; i < config.layers(); i++) {
            String block = "block " + i + " ";
            layer(parts, block + "norm1", Gpt2Names.block(i, "ln_1"), Part.Layout.AS_IT_IS);
            layer(parts, block + "qkv", Gpt2Names.block(i, "attn.c_attn"), Part.Layout.INPUTS_FIRST);
            layer(parts, block + "out", Gpt2Names.block(i, "attn.c_proj"), Part.Layout.INPUTS_FIRST);
            layer(parts, block + "norm2", Gpt2Names.block(i, "ln_2"), Part.Layout.AS_IT_IS);
            layer(parts, block + "fc1", Gpt2Names.block(i, "mlp.c_fc"), Part.Layout.INPUTS_FIRST);
            layer(parts, block + "fc2", Gpt2Names.block(i, "mlp.c_proj"), Part.Layout.INPUTS_FIRST);
        }
        layer(parts, "last_norm", Gpt2Names.LAST_NORM, Part.Layout.AS_IT_IS);
        return parts;
    }

    private static void layer(List<Part> parts, String name, String source, Part.Layout layout) {
        parts.add(new Part(name + "_weight", source + ".weight", layout));
        parts.add(new Part(name + "_bias", source + ".bias", Part.Layout.AS_IT_IS));
    }
}

package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tensors of an OPT, as a checkpoint names them and as the script {@code Opt.py} takes them: one list, with queries, keys and values
 * of a block in one matrix. The list and back, losing nothing.
 */
public final class OptWeights {
    private static final String SCRIPT = "CausalLm";
    private static final String MODEL = "Opt";

    /** How far from zero the weights of a model begin that has learned nothing: {@code init_std} of every published OPT. */
    private static final float INITIAL_DEVIATION = 0.02f;

    private final OptConfig config;
    private final StateDict tensors;

    private OptWeights(OptConfig config, StateDict tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /**
     * The weights of a checkpoint, once it is certain that they are exactly those that the configuration describes.
     *
     * @throws io.blemish.error.UserException naming the file and what differs
     */
    public static OptWeights of(Checkpoint checkpoint, OptConfig config) {
        return new OptWeights(config, OptNames.huggingFace(checkpoint, config));
    }

    /** The weights of a model that has learned nothing, always the same for the same seed; the padding's embedding is zero. */
    public static OptWeights random(OptConfig config, long seed) {
        List<Tensor> tensors = new ArrayList<>();
        Random random = new Random(seed);
        OptNames.shapes(config)
                .forEach((name, shape) ->
                        tensors.add(Tensor.ofFloats(name, initial(config, name, shape, random), shape)));
        return new OptWeights(config, StateDict.of(tensors));
    }

    /** The weights that a list for the script stands for, in any order. */
    public static OptWeights ofScript(OptConfig config, Collection<Tensor> list) {
        StateDict byName = StateDict.of(list);
        List<Tensor> tensors = new ArrayList<>();
        for (OptPart part : OptPart.all(config)) {
            Tensor tensor = byName.tensor(part.name());
            long rows = tensor.size(0) / part.sources().size();
            for (int i = 0; i < part.sources().size(); i++) {
                tensors.add(tensor.slice(i * rows, (i + 1) * rows)
                        .named(part.sources().get(i)));
            }
        }
        return new OptWeights(config, StateDict.of(tensors));
    }

    /** All tensors under Hugging Face's names, without the output's copy of the embeddings. */
    public StateDict tensors() {
        return tensors;
    }

    /** The list for the script, in float32, each under a name of its own. */
    public List<Tensor> script() {
        return OptPart.all(config).stream().map(part -> part(part, DType.F32)).toList();
    }

    /** The archive of {@code Opt.py} and {@code Decoding.py}, with the list in it: what {@link CausalLms#load} reads. */
    public TorchScriptArchive.Builder archive(Precision precision) {
        return archive(precision, List.of(MODEL, "CausalLm", "WordGradients", "Decoding", "Search"));
    }

    /** The archive of {@code Opt.py} and {@code CaptionLoss.py}, with the list in it: what a mapper is trained against. */
    public TorchScriptArchive.Builder archiveForCaptions(Precision precision) {
        return archive(precision, List.of(MODEL, "CausalLm", "CaptionLoss"));
    }

    /** The archive of {@code Opt.py} and {@code TextLoss.py} without weights: a training hands its list in. */
    public static TorchScriptArchive.Builder archiveForTraining(OptConfig config) {
        return archive(config, List.of(MODEL, "CausalLm", "TextLoss"), DType.F32, List.of(), List.of());
    }

    /** The archive of {@code Opt.py} and {@code CaptionLoss.py} without weights: a training hands its list in. */
    public static TorchScriptArchive.Builder archiveForCaptionTraining(OptConfig config) {
        return archive(config, List.of(MODEL, "CausalLm", "CaptionLoss"), DType.F32, List.of(), List.of());
    }

    /**
     * Whether a tensor of the list is trained when only the last blocks are: what follows them always is, what comes before
     * them, and the embeddings, only with all blocks.
     */
    public static boolean trained(OptConfig config, String name, int blocks) {
        int frozen = Math.max(0, config.layers() - blocks);
        return OptPart.layer(name).map(layer -> layer >= frozen).orElse(frozen == 0 || OptPart.follows(name));
    }

    /** Whether weight decay shrinks a tensor of the list: not biases, norms and positions. */
    public static boolean decayed(String name) {
        return !name.endsWith("_bias") && !name.contains("norm") && !name.equals(OptPart.POSITION_EMBEDDING);
    }

    private TorchScriptArchive.Builder archive(Precision precision, List<String> sources) {
        List<OptPart> parts = OptPart.all(config);
        List<long[]> shapes = parts.stream().map(OptPart::shape).toList();
        List<Supplier<Tensor>> makers = parts.stream()
                .map(part -> (Supplier<Tensor>) () -> part(part, precision.dtype()))
                .collect(Collectors.toList());
        return archive(config, sources, precision.dtype(), shapes, makers);
    }

    private static TorchScriptArchive.Builder archive(
            OptConfig config, List<String> sources, DType dtype, List<long[]> shapes, List<Supplier<Tensor>> makers) {
        return TorchScriptArchive.of(OptWeights.class, SCRIPT, sources)
                .tensors("weights", dtype, shapes, makers)
                .attribute("layers", config.layers())
                .attribute("heads", config.heads())
                .attribute("epsilon", OptConfig.EPSILON)
                .attribute("positions", config.positions())
                .attribute("end", config.tokens().end())
                .attribute("norm_before", config.norm() != NormPlace.AFTER)
                .attribute("norm_last", config.norm().last())
                .attribute("projected", config.projected());
    }

    private Tensor part(OptPart part, DType dtype) {
        List<Tensor> sources = part.sources().stream()
                .map(name -> tensors.tensor(name).as(dtype))
                .toList();
        return sources.size() == 1 ? sources.get(0).named(part.name()) : Tensor.concat(part.name(), sources);
    }

    private static float[] initial(OptConfig config, String name, long[] shape, Random random) {
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        float[] values = new float[Math.toIntExact(elements)];
        boolean norm = name.endsWith("layer_norm.weight");
        for (int i = 0; i < values.length && shape.length > 1; i++) {
            values[i] = (float) (random.nextGaussian() * INITIAL_DEVIATION);
        }
        if (norm) {
            Arrays.fill(values, 1);
        }
        if (name.equals(OptNames.EMBEDDING)) {
            int pad = Math.toIntExact(config.tokens().pad() * config.embedding());
            Arrays.fill(values, pad, pad + config.embedding(), 0);
        }
        return values;
    }
}

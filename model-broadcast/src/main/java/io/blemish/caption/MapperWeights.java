package io.blemish.caption;

import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The tensors of a mapper under their published names, and the archive of its script with them. */
public final class MapperWeights {
    private static final String SCRIPT = "PrefixMapper";
    private static final String CURE =
            "Name a mapper that Blemish has trained, or a checkpoint of ClipCap or CLIPCap-XAI";

    /** What published checkpoints hold besides the mapper: the language model, under the names that it has in forks too. */
    private static final List<String> LANGUAGE_MODELS = List.of("gpt.", "gpt2.", "opt.");

    /** A language model's embeddings of tokens, whose width the mapper's shapes may not tell. */
    private static final List<String> EMBEDDINGS =
            List.of("transformer.wte.weight", "model.decoder.embed_tokens.weight");

    private final MapperConfig config;
    private final StateDict tensors;

    private MapperWeights(MapperConfig config, StateDict tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /**
     * What a file of weights does not tell of a mapper.
     *
     * @param scale how embeddings go in
     * @param width of the language model's embeddings; not needed where the file tells it
     * @param heads of a transformer
     */
    public record Untold(EmbeddingScale scale, Optional<Integer> width, int heads) {}

    /**
     * Reads a mapper: safetensors or a PyTorch state dict, alone or with the language model that it was trained with, which is left out.
     * Kind and sizes follow from names and shapes.
     *
     * @throws UserException naming the file and what is missing, left over or of another shape
     */
    public static MapperWeights read(Path file, Untold untold) {
        return of(file, StateDict.read(file), untold);
    }

    /** The mapper among the tensors of a file. */
    static MapperWeights of(Path file, StateDict all, Untold untold) {
        StateDict own = bare(all);
        MapperKind kind = MapperNames.kind(own)
                .orElseThrow(() -> refused(
                        file,
                        "it holds none of the mappers "
                                + Arrays.stream(MapperKind.values())
                                        .map(MapperKind::label)
                                        .collect(Collectors.joining(", "))));
        MapperConfig config = MapperNames.config(
                        kind, own, new Untold(untold.scale, width(all).or(untold::width), untold.heads))
                .orElseThrow(() -> refused(file, "nothing tells the width of its language model's embeddings"));
        if (kind == MapperKind.TRANSFORMER && config.heads() != untold.heads) {
            throw refused(file, untold.heads + " heads do not divide its width of " + config.width());
        }

        return new MapperWeights(config, own.requireExactly(file, MapperNames.shapes(config), name -> false));
    }

    /** Weights that have learned nothing, always the same for the same seed, drawn as PyTorch's modules draw theirs. */
    public static MapperWeights random(MapperConfig config, long seed) {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>();
        MapperNames.shapes(config).forEach((name, shape) -> {
            long inputs = shape.length > 1 ? shape[1] : inputsOfBias(config, name);
            tensors.add(Tensor.ofFloats(name, initial(name, shape, inputs, random), shape));
        });
        return new MapperWeights(config, StateDict.of(tensors));
    }

    /** The weights that a list for the script stands for, in any order. */
    public static MapperWeights ofScript(MapperConfig config, Collection<Tensor> list) {
        return new MapperWeights(config, StateDict.of(list));
    }

    /** The architecture. */
    public MapperConfig config() {
        return config;
    }

    /** All tensors under the names that they have within the mapper. */
    public StateDict tensors() {
        return tensors;
    }

    /** All tensors under their published names. */
    public StateDict published() {
        return tensors.renamed(name -> MapperNames.PUBLISHED + name);
    }

    /** The list for the script, in float32. */
    public List<Tensor> script() {
        return MapperNames.shapes(config).keySet().stream()
                .map(name -> tensors.tensor(name).as(DType.F32))
                .toList();
    }

    /** The archive of the script, with the list in it. */
    public TorchScriptArchive.Builder archive(Precision precision) {
        DType dtype = precision.dtype();
        List<long[]> shapes = List.copyOf(MapperNames.shapes(config).values());
        List<Supplier<Tensor>> makers = MapperNames.shapes(config).keySet().stream()
                .map(name -> (Supplier<Tensor>) () -> tensors.tensor(name).as(dtype))
                .toList();
        return archive(config, dtype, shapes, makers, 0);
    }

    /**
     * The archive of the script without weights: a training hands its list in.
     *
     * @param dropout probability that a hidden value is dropped
     */
    public static TorchScriptArchive.Builder archiveForTraining(MapperConfig config, double dropout) {
        return archive(config, DType.F32, List.of(), List.of(), dropout);
    }

    /** Whether weight decay shrinks a tensor: not biases, norms and constants. */
    public static boolean decayed(String name) {
        return name.endsWith("weight") && !name.contains("norm");
    }

    private static TorchScriptArchive.Builder archive(
            MapperConfig config, DType dtype, List<long[]> shapes, List<Supplier<Tensor>> makers, double dropout) {
        TorchScriptArchive.Builder archive = TorchScriptArchive.of(
                        MapperWeights.class, SCRIPT, List.of(config.kind().script(), SCRIPT))
                .tensors("weights", dtype, shapes, makers)
                .attribute("unit", config.scale() == EmbeddingScale.UNIT)
                .attribute("dropout", dropout);
        return config.kind() == MapperKind.TRANSFORMER
                ? archive.attribute("heads", config.heads())
                : archive.attribute("prefix", config.prefix());
    }

    private static StateDict bare(StateDict all) {
        StateDict own = all.filtered(name -> LANGUAGE_MODELS.stream().noneMatch(name::startsWith));
        boolean published = own.names().stream().anyMatch(name -> name.startsWith(MapperNames.PUBLISHED));
        return published
                ? own.renamed(name -> name.startsWith(MapperNames.PUBLISHED)
                        ? name.substring(MapperNames.PUBLISHED.length())
                        : "beside the mapper: " + name)
                : own;
    }

    private static Optional<Integer> width(StateDict all) {
        return LANGUAGE_MODELS.stream()
                .flatMap(model -> EMBEDDINGS.stream().map(name -> model + name))
                .filter(name -> all.contains(name) && all.tensor(name).rank() == 2)
                .map(name -> Math.toIntExact(all.tensor(name).size(1)))
                .findFirst();
    }

    private static long inputsOfBias(MapperConfig config, String bias) {
        long[] weight = MapperNames.shapes(config).get(bias.replaceAll("bias$", "weight"));
        return weight == null || weight.length < 2 ? 0 : weight[1];
    }

    /** Norms begin at one and zero, constants as normal numbers, attention's inputs as Glorot has it, the rest as He has it. */
    private static float[] initial(String name, long[] shape, long inputs, Random random) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        if (name.contains("norm")) {
            Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
            return values;
        }

        boolean attention = name.contains("self_attn.in_proj");
        double bound = attention ? Math.sqrt(6.0 / (shape[0] + inputs)) : 1 / Math.sqrt((double) inputs);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    (name.equals("prefix_const") ? random.nextGaussian() : bound * (2 * random.nextDouble() - 1));
        }
        if (name.endsWith("in_proj_bias") || name.endsWith("out_proj.bias")) {
            Arrays.fill(values, 0);
        }
        return values;
    }

    private static UserException refused(Path file, String cause) {
        return UserException.cannot("use " + file + " as a mapper", cause, CURE);
    }
}

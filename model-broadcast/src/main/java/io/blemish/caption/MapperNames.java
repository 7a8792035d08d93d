package io.blemish.caption;

import io.blemish.checkpoint.StateDict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names under which the tensors of mappers are published, after {@code clip_project.}, and their shapes, in the order in which the
 * scripts take them.
 */
final class MapperNames {
    /** What published checkpoints put before each name. */
    static final String PUBLISHED = "clip_project.";

    private static final String CONSTANTS = "prefix_const";
    private static final String LINEAR = "linear";
    private static final String FIRST = "model.0";
    private static final String SECOND = "model.2";
    private static final String INPUT = "input_proj";
    private static final String OUTPUT = "output_proj";
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    private MapperNames() {}

    /** The kind whose names these are; none if no kind has them. */
    static Optional<MapperKind> kind(StateDict tensors) {
        if (tensors.contains(CONSTANTS)) {
            return Optional.of(MapperKind.TRANSFORMER);
        }
        if (tensors.contains(INPUT + "." + WEIGHT)) {
            return Optional.of(MapperKind.CLIPCAP_XAI);
        }
        if (tensors.contains(FIRST + "." + WEIGHT)) {
            return Optional.of(MapperKind.MLP);
        }
        return tensors.contains(WEIGHT) ? Optional.of(MapperKind.LINEAR) : Optional.empty();
    }

    /**
     * The architecture that the shapes tell. Where a tensor is missing or has too few axes, any number stands for what it would tell: the
     * check of all names and shapes reports it.
     *
     * @return none if it takes a width that is not told
     */
    static Optional<MapperConfig> config(MapperKind kind, StateDict tensors, MapperWeights.Untold untold) {
        return switch (kind) {
            case LINEAR -> untold.width().map(width -> flat(kind, tensors, untold, width, WEIGHT, WEIGHT));
            case MLP ->
                untold.width()
                        .map(width -> flat(kind, tensors, untold, width, FIRST + "." + WEIGHT, SECOND + "." + WEIGHT));
            case TRANSFORMER -> Optional.of(transformer(tensors, untold));
            case CLIPCAP_XAI -> Optional.of(clipCapXai(tensors, untold));
        };
    }

    private static MapperConfig flat(
            MapperKind kind, StateDict tensors, MapperWeights.Untold untold, int width, String first, String last) {
        return new MapperConfig(
                kind,
                untold.scale(),
                size(tensors, first, 1),
                Math.max(1, size(tensors, last, 0) / width),
                width,
                kind == MapperKind.LINEAR ? 0 : size(tensors, first, 0),
                1,
                0,
                1);
    }

    private static MapperConfig transformer(StateDict tensors, MapperWeights.Untold untold) {
        int width = size(tensors, CONSTANTS, 1);
        int heads = width % untold.heads() == 0 ? untold.heads() : 1;
        return new MapperConfig(
                MapperKind.TRANSFORMER,
                untold.scale(),
                size(tensors, LINEAR + "." + WEIGHT, 1),
                size(tensors, CONSTANTS, 0),
                width,
                size(tensors, layer(0, "mlp.fc1") + "." + WEIGHT, 0),
                Math.max(1, size(tensors, LINEAR + "." + WEIGHT, 0) / width),
                layers(tensors),
                heads);
    }

    private static MapperConfig clipCapXai(StateDict tensors, MapperWeights.Untold untold) {
        int width = size(tensors, INPUT + "." + WEIGHT, 0);
        return new MapperConfig(
                MapperKind.CLIPCAP_XAI,
                untold.scale(),
                size(tensors, INPUT + "." + WEIGHT, 1),
                Math.max(1, size(tensors, OUTPUT + "." + WEIGHT, 0) / width),
                width,
                size(tensors, layer(0, "linear1") + "." + WEIGHT, 0),
                1,
                layers(tensors),
                1);
    }

    private static int size(StateDict tensors, String name, int axis) {
        boolean told = tensors.contains(name) && tensors.tensor(name).rank() > axis;
        return told ? (int) Math.max(1, Math.min(tensors.tensor(name).size(axis), Integer.MAX_VALUE)) : 1;
    }

    private static int layers(StateDict tensors) {
        int layers = 0;
        while (tensors.contains(layer(layers, "norm1." + WEIGHT))) {
            layers++;
        }
        return layers;
    }

    private static String layer(int index, String part) {
        return "transformer.layers." + index + "." + part;
    }

    /** Every tensor of the mapper in the script's order. */
    static Map<String, long[]> shapes(MapperConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        long all = (long) config.prefix() * config.width();
        switch (config.kind()) {
            case LINEAR -> {
                shapes.put(WEIGHT, new long[] {all, config.embedding()});
                shapes.put(BIAS, new long[] {all});
            }
            case MLP -> {
                linear(shapes, FIRST, config.hidden(), config.embedding());
                linear(shapes, SECOND, all, config.hidden());
            }
            case TRANSFORMER -> {
                linear(shapes, LINEAR, (long) config.clipLength() * config.width(), config.embedding());
                shapes.put(CONSTANTS, new long[] {config.prefix(), config.width()});
                for (int i = 0; i < config.layers(); i++) {
                    transformerLayer(shapes, i, config.width(), config.hidden());
                }
            }
            case CLIPCAP_XAI -> {
                linear(shapes, INPUT, config.width(), config.embedding());
                for (int i = 0; i < config.layers(); i++) {
                    clipCapXaiLayer(shapes, i, config.width(), config.hidden());
                }
                linear(shapes, OUTPUT, all, config.width());
                linear(shapes, "layer_norm", all);
            }
        }
        return shapes;
    }

    private static void transformerLayer(Map<String, long[]> shapes, int index, long width, long hidden) {
        linear(shapes, layer(index, "norm1"), width);
        shapes.put(layer(index, "attn.to_queries.weight"), new long[] {width, width});
        shapes.put(layer(index, "attn.to_keys_values.weight"), new long[] {2 * width, width});
        linear(shapes, layer(index, "attn.project"), width, width);
        linear(shapes, layer(index, "norm2"), width);
        linear(shapes, layer(index, "mlp.fc1"), hidden, width);
        linear(shapes, layer(index, "mlp.fc2"), width, hidden);
    }

    private static void clipCapXaiLayer(Map<String, long[]> shapes, int index, long width, long hidden) {
        shapes.put(layer(index, "self_attn.in_proj_weight"), new long[] {3 * width, width});
        shapes.put(layer(index, "self_attn.in_proj_bias"), new long[] {3 * width});
        linear(shapes, layer(index, "self_attn.out_proj"), width, width);
        linear(shapes, layer(index, "linear1"), hidden, width);
        linear(shapes, layer(index, "linear2"), width, hidden);
        linear(shapes, layer(index, "norm1"), width);
        linear(shapes, layer(index, "norm2"), width);
    }

    /** A weight of the shape and a bias as long as its first axis. */
    private static void linear(Map<String, long[]> shapes, String name, long... weight) {
        shapes.put(name + "." + WEIGHT, weight);
        shapes.put(name + "." + BIAS, new long[] {weight[0]});
    }
}

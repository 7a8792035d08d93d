package io.blemish.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One tensor of the list that {@code Opt.py} takes its weights by.
 *
 * @param name its own, for example {@code block 3 qkv_weight}
 * @param sources the checkpoint's tensors that it is made of, one after the other along the first axis, of equal shape
 * @param shape its own
 */
record OptPart(String name, List<String> sources, long[] shape) {
    static final String TOKEN_EMBEDDING = "token_embedding";
    static final String POSITION_EMBEDDING = "position_embedding";

    private static final String LAST_NORM = "last_norm";
    private static final String PROJECT_OUT = "project_out";
    private static final Pattern BLOCK = Pattern.compile("block ([0-9]+) .*");

    /** The whole list in its order, as the head of {@code Opt.py} says. */
    static List<OptPart> all(OptConfig config) {
        long width = config.width();
        long embedding = config.embedding();
        List<OptPart> parts = new ArrayList<>();
        parts.add(of(TOKEN_EMBEDDING, OptNames.EMBEDDING, config.vocabulary(), embedding));
        parts.add(of(POSITION_EMBEDDING, OptNames.POSITIONS, config.positions() + OptNames.POSITION_OFFSET, width));
        for (int i = 0; i < config.layers(); i++) {
            layer(parts, block(i) + "norm1", List.of(OptNames.block(i, "self_attn_layer_norm")), width);
            layer(parts, block(i) + "qkv", attention(i), 3 * width, width);
            layer(parts, block(i) + "out", List.of(OptNames.block(i, "self_attn.out_proj")), width, width);
            layer(parts, block(i) + "norm2", List.of(OptNames.block(i, "final_layer_norm")), width);
            layer(parts, block(i) + "fc1", List.of(OptNames.block(i, "fc1")), config.feedForward(), width);
            layer(parts, block(i) + "fc2", List.of(OptNames.block(i, "fc2")), width, config.feedForward());
        }
        if (config.norm().last()) {
            layer(parts, LAST_NORM, List.of(OptNames.LAST_NORM), width);
        }
        if (config.projected()) {
            parts.add(of("project_in", OptNames.PROJECT_IN, width, embedding));
            parts.add(of(PROJECT_OUT, OptNames.PROJECT_OUT, embedding, width));
        }
        return parts;
    }

    /** The block that a tensor belongs to; none for those before and after the blocks. */
    static Optional<Integer> layer(String name) {
        Matcher matcher = BLOCK.matcher(name);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Whether the tensor is used after the last block, and there alone. */
    static boolean follows(String name) {
        return name.startsWith(LAST_NORM) || name.equals(PROJECT_OUT);
    }

    private static String block(int layer) {
        return "block " + layer + " ";
    }

    private static List<String> attention(int layer) {
        return Stream.of("q", "k", "v")
                .map(part -> OptNames.block(layer, "self_attn." + part + "_proj"))
                .toList();
    }

    private static OptPart of(String name, String source, long... shape) {
        return new OptPart(name, List.of(source), shape);
    }

    /** A weight of the shape and a bias as long as its first axis. */
    private static void layer(List<OptPart> parts, String name, List<String> sources, long... weight) {
        parts.add(new OptPart(name + "_weight", suffixed(sources, ".weight"), weight));
        parts.add(new OptPart(name + "_bias", suffixed(sources, ".bias"), new long[] {weight[0]}));
    }

    private static List<String> suffixed(List<String> sources, String suffix) {
        return sources.stream().map(source -> source + suffix).toList();
    }
}

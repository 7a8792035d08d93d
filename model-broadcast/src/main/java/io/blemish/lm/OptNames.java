package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names under which OPT's tensors are published, and their shapes: those of Hugging Face's {@code OPTForCausalLM}, with their leading
 * {@code model.} or without it, or all behind {@code opt.}, as CLIPCap-XAI stores them. Input and output embeddings are one tensor, stored under either name or both.
 */
final class OptNames {
    static final String EMBEDDING = "model.decoder.embed_tokens.weight";
    static final String POSITIONS = "model.decoder.embed_positions.weight";
    static final String LAST_NORM = "model.decoder.final_layer_norm";
    static final String PROJECT_IN = "model.decoder.project_in.weight";
    static final String PROJECT_OUT = "model.decoder.project_out.weight";

    /** Rows of the table of positions that stand before the first position. */
    static final int POSITION_OFFSET = 2;

    private static final String HEAD = "lm_head.weight";
    private static final String CLIPCAP_XAI = "opt.";

    private OptNames() {}

    /** The name of a block's part, for example {@code fc1.weight}. */
    static String block(int layer, String part) {
        return "model.decoder.layers." + layer + "." + part;
    }

    /**
     * The checkpoint's tensors under Hugging Face's names, without the output's copy of the embeddings.
     *
     * @throws UserException naming the file and every tensor that is missing, left over, wrong in shape or in type
     */
    static StateDict huggingFace(Checkpoint checkpoint, OptConfig config) {
        Path file = checkpoint.weightsFile();
        return new TiedHead(HEAD, EMBEDDING, "an OPT")
                .single(prefixed(own(checkpoint.tensors())), file)
                .requireExactly(file, shapes(config), name -> false);
    }

    /** Every tensor of the model. */
    static Map<String, long[]> shapes(OptConfig config) {
        long width = config.width();
        long embedding = config.embedding();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDING, new long[] {config.vocabulary(), embedding});
        shapes.put(POSITIONS, new long[] {config.positions() + POSITION_OFFSET, width});
        if (config.projected()) {
            shapes.put(PROJECT_IN, new long[] {width, embedding});
            shapes.put(PROJECT_OUT, new long[] {embedding, width});
        }
        if (config.norm().last()) {
            layer(shapes, LAST_NORM, width);
        }
        for (int i = 0; i < config.layers(); i++) {
            for (String part : List.of("q", "k", "v", "out")) {
                layer(shapes, block(i, "self_attn." + part + "_proj"), width, width);
            }
            layer(shapes, block(i, "self_attn_layer_norm"), width);
            layer(shapes, block(i, "final_layer_norm"), width);
            layer(shapes, block(i, "fc1"), config.feedForward(), width);
            layer(shapes, block(i, "fc2"), width, config.feedForward());
        }
        return shapes;
    }

    /** A weight of the shape and a bias as long as its first axis. */
    private static void layer(Map<String, long[]> shapes, String name, long... weight) {
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new long[] {weight[0]});
    }

    /** CLIPCap-XAI stores the language model beside its mapper. */
    private static StateDict own(StateDict tensors) {
        return tensors.names().stream().anyMatch(name -> name.startsWith(CLIPCAP_XAI))
                ? tensors.filtered(name -> name.startsWith(CLIPCAP_XAI))
                        .renamed(name -> name.substring(CLIPCAP_XAI.length()))
                : tensors;
    }

    private static StateDict prefixed(StateDict tensors) {
        if (tensors.names().stream().anyMatch(name -> name.startsWith("model."))) {
            return tensors;
        }

        List<Tensor> named = new ArrayList<>();
        for (Tensor tensor : tensors) {
            String name = tensor.name();
            named.add(name.startsWith("decoder.") ? tensor.named("model." + name) : tensor);
        }
        return StateDict.of(named);
    }
}

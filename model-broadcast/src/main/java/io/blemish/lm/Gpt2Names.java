package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.StateDict;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names under which GPT-2's tensors are published, and their shapes: those of Hugging Face's {@code GPT2Model}, with {@code
 * transformer.} before them or without it; in ClipCap's checkpoints, beside the mapper, all behind {@code gpt.} or {@code gpt2.}. Input and
 * output embeddings are one tensor, stored under either name or both. Causal masks are no weights. Linear layers have their inputs first.
 */
final class Gpt2Names {
    static final String EMBEDDING = "wte.weight";
    static final String POSITIONS = "wpe.weight";
    static final String LAST_NORM = "ln_f";

    private static final String HEAD = "lm_head.weight";
    private static final String TRANSFORMER = "transformer.";
    private static final List<String> BESIDE_A_MAPPER = List.of("gpt.", "gpt2.");
    private static final Pattern MASK = Pattern.compile("h\\.[0-9]+\\.attn\\.(masked_)?bias");

    private Gpt2Names() {}

    /** The name of a block's part, for example {@code mlp.c_fc}. */
    static String block(int layer, String part) {
        return "h." + layer + "." + part;
    }

    /**
     * The checkpoint's tensors under Hugging Face's names without {@code transformer.}, and without the output's copy of the embeddings.
     *
     * @throws UserException naming the file and every tensor that is missing, left over, wrong in shape or in type
     */
    static StateDict huggingFace(Checkpoint checkpoint, Gpt2Config config) {
        Path file = checkpoint.weightsFile();
        StateDict tensors = own(checkpoint.tensors())
                .renamed(name -> name.startsWith(TRANSFORMER) ? name.substring(TRANSFORMER.length()) : name);
        return new TiedHead(HEAD, EMBEDDING, "a GPT-2")
                .single(tensors, file)
                .requireExactly(file, shapes(config), name -> MASK.matcher(name).matches())
                .filtered(name -> !MASK.matcher(name).matches());
    }

    /** Every tensor of the model. */
    static Map<String, long[]> shapes(Gpt2Config config) {
        long width = config.width();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDING, new long[] {config.vocabulary(), width});
        shapes.put(POSITIONS, new long[] {config.positions(), width});
        norm(shapes, LAST_NORM, width);
        for (int i = 0; i < config.layers(); i++) {
            norm(shapes, block(i, "ln_1"), width);
            linear(shapes, block(i, "attn.c_attn"), width, 3 * width);
            linear(shapes, block(i, "attn.c_proj"), width, width);
            norm(shapes, block(i, "ln_2"), width);
            linear(shapes, block(i, "mlp.c_fc"), width, config.feedForward());
            linear(shapes, block(i, "mlp.c_proj"), config.feedForward(), width);
        }
        return shapes;
    }

    private static void norm(Map<String, long[]> shapes, String name, long width) {
        shapes.put(name + ".weight", new long[] {width});
        shapes.put(name + ".bias", new long[] {width});
    }

    private static void linear(Map<String, long[]> shapes, String name, long in, long out) {
        shapes.put(name + ".weight", new long[] {in, out});
        shapes.put(name + ".bias", new long[] {out});
    }

    private static StateDict own(StateDict tensors) {
        for (String prefix : BESIDE_A_MAPPER) {
            if (tensors.names().stream().anyMatch(name -> name.startsWith(prefix))) {
                return tensors.filtered(name -> name.startsWith(prefix))
                        .renamed(name -> name.substring(prefix.length()));
            }
        }
        return tensors;
    }
}

package io.blemish.lm;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An OPT checkpoint: its configuration, checked weights and tokenizer, and what it says about the next token of a text.
 *
 * <pre>{@code
 * try (Opt opt = Opt.open(folder); OptTokenizer tokenizer = opt.tokenizer()) {
 *     float[][] logits = opt.logits(tokenizer.encode("A ripe"));
 * }
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class Opt implements AutoCloseable {
    private final Path folder;
    private final OptConfig config;
    private final OptWeights weights;
    private ScriptModel script;
    private IValue list;

    private Opt(Path folder, OptConfig config, OptWeights weights) {
        this.folder = folder;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a checkpoint. The tokenizer is read, and the weights loaded, when they are first asked for.
     *
     * @throws io.blemish.error.UserException one line, for anything that is missing, left over, of the wrong shape or type, or of another
     *     architecture
     */
    public static Opt open(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        OptConfig config = OptConfig.read(folder.resolve("config.json"), checkpoint.config());
        return new Opt(folder, config, OptWeights.of(checkpoint, config));
    }

    /** The architecture. */
    public OptConfig config() {
        return config;
    }

    /** The weights. */
    public OptWeights weights() {
        return weights;
    }

    /** The tokenizer of the checkpoint, which the caller closes. */
    public OptTokenizer tokenizer() {
        return OptTokenizer.open(folder);
    }

    /**
     * What each token of a text says about the next, in float32.
     *
     * @param ids of the text, with its leading token; 1 to {@link OptConfig#positions()} of them, each within the vocabulary
     * @return a row for each token, as wide as the vocabulary: logits, before the softmax
     */
    public float[][] logits(long[] ids) {
        requireFitting(ids);
        load();
        ByteBuffer buffer = ByteBuffer.allocateDirect(ids.length * Long.BYTES).order(ByteOrder.nativeOrder());
        buffer.asLongBuffer().put(ids);
        try (ScriptCall call = script.call("logits")) {
            return call.value(list)
                    .tensor(buffer, DataType.INT64, 1, ids.length)
                    .run()
                    .get(0)
                    .floatSlices(1)[0];
        }
    }

    /** Frees the weights. */
    @Override
    public void close() {
        if (script != null) {
            script.close();
            script = null;
        }
    }

    private void requireFitting(long[] ids) {
        if (ids.length == 0 || ids.length > config.positions()) {
            throw new IllegalArgumentException(
                    "A text of " + ids.length + " tokens does not fit into 1 to " + config.positions());
        }
        for (long id : ids) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new IllegalArgumentException(
                        "Token " + id + " is outside a vocabulary of " + config.vocabulary());
            }
        }
    }

    private void load() {
        if (script != null) {
            return;
        }

        try {
            Path archive = Files.createTempFile("opt", ".pt");
            try {
                weights.archive(Precision.FP32).write(archive);
                script = ScriptModel.load(archive, "cpu");
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the language model to the folder for temporary files", e);
        }
        try (ScriptCall call = script.call("pack")) {
            list = call.keep();
        }
    }
}

package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

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
public final class Opt implements LmCheckpoint, AutoCloseable {
    private final Path folder;
    private final OptConfig config;
    private final OptWeights weights;
    private CausalLm loaded;

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

    @Override
    public int width() {
        return config.embedding();
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    @Override
    public int positions() {
        return config.positions();
    }

    @Override
    public long end() {
        return config.tokens().end();
    }

    @Override
    public OptTokenizer tokenizer() {
        return OptTokenizer.open(folder);
    }

    @Override
    public String fingerprint(Precision precision) {
        return new Fingerprint()
                .tensors(weights.tensors())
                .value("config", config.toString())
                .value("precision", precision.label())
                .hex();
    }

    @Override
    public void write(OutputStream out, Precision precision) {
        TorchScriptArchive.Builder archive = weights.archive(precision);
        if (OptTokenizer.isIn(folder)) {
            try (OptTokenizer tokenizer = tokenizer()) {
                archive.extra(ScriptedLm.OPT_TOKENIZER, tokenizer.json());
            }
        }
        archive.writeTo(out);
    }

    @Override
    public List<Tensor> script() {
        return weights.script();
    }

    @Override
    public TorchScriptArchive.Builder archiveForCaptions(Precision precision) {
        return weights.archiveForCaptions(precision);
    }

    @Override
    public TorchScriptArchive.Builder archiveForCaptionTraining() {
        return OptWeights.archiveForCaptionTraining(config);
    }

    /**
     * What each token of a text says about the next, in float32.
     *
     * @param ids of the text, with its leading token; 1 to {@link OptConfig#positions()} of them, each within the vocabulary
     * @return a row for each token, as wide as the vocabulary: logits, before the softmax
     */
    public float[][] logits(long[] ids) {
        requireFitting(ids);
        if (loaded == null) {
            loaded = CausalLms.load(this, Precision.FP32, "cpu");
        }
        return loaded.logits(new float[1][0][], new long[][] {ids})[0];
    }

    /** Frees the weights. */
    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }

    private void requireFitting(long[] ids) {
        if (ids.length == 0 || ids.length > config.positions()) {
            throw new IllegalArgumentException(
                    "A text of " + ids.length + " tokens does not fit into 1 to " + config.positions());
        }
    }
}

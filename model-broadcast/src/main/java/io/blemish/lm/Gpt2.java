package io.blemish.lm;

import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Gpt2Tokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A GPT-2 checkpoint: its configuration, checked weights and tokenizer.
 *
 * <pre>{@code
 * try (CausalLm lm = CausalLms.load(Gpt2.open(folder), Precision.FP32, "cpu")) {
 *     List<List<Continuation>> texts = lm.decode(prefixes, Decoding.beamSearch());
 * }
 * }</pre>
 */
public final class Gpt2 implements LmCheckpoint {
    private final Path folder;
    private final Gpt2Config config;
    private final Gpt2Weights weights;

    private Gpt2(Path folder, Gpt2Config config, Gpt2Weights weights) {
        this.folder = folder;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Opens a checkpoint. The tokenizer is read when it is first asked for.
     *
     * @throws io.blemish.error.UserException one line, for anything that is missing, left over, of the wrong shape or type, or of another
     *     architecture
     */
    public static Gpt2 open(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Gpt2Config config = Gpt2Config.read(folder.resolve("config.json"), checkpoint.config());
        return new Gpt2(folder, config, Gpt2Weights.of(checkpoint, config));
    }

    /** The architecture. */
    public Gpt2Config config() {
        return config;
    }

    /** The weights. */
    public Gpt2Weights weights() {
        return weights;
    }

    @Override
    public int width() {
        return config.width();
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
        return config.end();
    }

    @Override
    public Gpt2Tokenizer tokenizer() {
        return Gpt2Tokenizer.open(folder);
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
        if (Gpt2Tokenizer.isIn(folder)) {
            try (Gpt2Tokenizer tokenizer = tokenizer()) {
                archive.extra(ScriptedLm.GPT2_TOKENIZER, tokenizer.json());
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
        return Gpt2Weights.archiveForCaptionTraining(config);
    }
}

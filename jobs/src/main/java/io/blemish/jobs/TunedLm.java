package io.blemish.jobs;

import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import io.blemish.lm.LmCheckpoint;
import io.blemish.lm.Opt;
import io.blemish.lm.OptWeights;
import io.blemish.train.LmFolder;
import io.blemish.train.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The language model that writes samples while a mapper is trained: the given one, or, where that is trained along, what has become of it,
 * which lies in the folder {@code lm} of the result. Loaded when it is first used.
 */
final class TunedLm implements AutoCloseable {
    private final TrainOptions.Models models;
    private final Path folder;
    private LmCheckpoint checkpoint;
    private CausalLm loaded;

    TunedLm(TrainOptions.Models models, Path out, LmCheckpoint given) {
        this.models = models;
        this.folder = out.resolve("lm");
        this.checkpoint = given;
    }

    /** Refuses a language model that can be used but not written. */
    static void requireTunable(TrainOptions.Models models, LmCheckpoint lm) {
        if (models.tuning() == TrainOptions.Tuning.TUNED && !(lm instanceof Opt)) {
            throw UserException.cannot(
                    "train the language model " + models.lm() + " along",
                    "only an OPT can be written back",
                    "Name an OPT with --lm, or leave --tune-lm out");
        }
    }

    /**
     * Writes what the training has made of the language model.
     *
     * @param weights the list of its script; empty where it is frozen
     * @return the model as it is now
     */
    LmCheckpoint write(List<Tensor> weights) {
        if (weights.isEmpty()) {
            return checkpoint;
        }

        close();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw UserException.cannot(
                    "write the language model to " + folder, e.toString(), "Check the folder and its free space", e);
        }
        Opt opt = (Opt) checkpoint;
        new LmFolder(folder).writeModel(opt.config(), OptWeights.ofScript(opt.config(), weights), DType.F32);
        new ModelFolder(folder).copyTokenizer(models.lm());
        checkpoint = CausalLms.checkpoint(folder);
        return checkpoint;
    }

    /** The model as it was last written. */
    CausalLm loaded() {
        if (loaded == null) {
            loaded = CausalLms.load(checkpoint, Precision.FP32, "cpu");
        }
        return loaded;
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}

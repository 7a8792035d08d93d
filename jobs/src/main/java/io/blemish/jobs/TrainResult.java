package io.blemish.jobs;

import io.blemish.train.CollapseCheck;
import io.blemish.train.Epoch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a training of a mapper did.
 *
 * @param out folder of the bundle
 * @param trained images that were trained on
 * @param validated images that were kept for validation
 * @param captions of the former
 * @param tokens that an epoch tells
 * @param best the epoch whose weights were kept
 * @param epochs all that were trained
 * @param check whether captions depend on their images
 */
public record TrainResult(
        Path out,
        long trained,
        long validated,
        long captions,
        long tokens,
        Epoch best,
        List<Epoch> epochs,
        CollapseCheck check) {
    public TrainResult {
        epochs = List.copyOf(epochs);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("trained", trained);
        run.count("validated", validated);
        run.count("captions", captions);
        run.count("tokens", tokens);
        run.count("steps", epochs.get(epochs.size() - 1).step());
    }

    /** What a person is told. */
    Summary summary() {
        Summary summary = Summary.titled(String.format(
                        Locale.ROOT,
                        "Trained a mapper into %s: validation loss %.4f, next token right %.3f of the time after epoch %d",
                        out,
                        best.validation().loss(),
                        best.validation().accuracy(),
                        best.epoch()))
                .with("trained", trained, "images with " + captions + " captions, in " + epochs.size() + " epochs")
                .with("validated", validated, "images that were never trained on")
                .with("different", check.different(), "captions for " + check.images() + " of these");
        return summary;
    }
}

package io.blemish.jobs;

import io.blemish.train.Epoch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a training of a language model did.
 *
 * @param out folder of the model
 * @param trained texts that were trained on
 * @param validated texts that were kept for validation
 * @param tokens that an epoch tells
 * @param best the epoch whose weights were kept
 * @param epochs all that were trained
 * @param sample a text that the model made up at last
 */
public record AdaptLmResult(
        Path out, long trained, long validated, long tokens, Epoch best, List<Epoch> epochs, String sample) {
    public AdaptLmResult {
        epochs = List.copyOf(epochs);
    }

    /** How many tokens the model hesitates between at each of a validation text: the exponential of the mean loss. */
    public double perplexity() {
        return perplexity(best);
    }

    static double perplexity(Epoch epoch) {
        return Math.exp(epoch.validation().loss());
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("trained", trained);
        run.count("validated", validated);
        run.count("tokens", tokens);
        run.count("steps", epochs.get(epochs.size() - 1).step());
    }

    /** What a person is told. */
    Summary summary() {
        return Summary.titled(String.format(
                        Locale.ROOT,
                        "Trained a language model into %s: validation loss %.4f, perplexity %.2f after epoch %d",
                        out,
                        best.validation().loss(),
                        perplexity(),
                        best.epoch()))
                .with("trained", trained, "texts, in " + epochs.size() + " epochs of " + tokens + " tokens")
                .with("validated", validated, "texts that were never trained on")
                .with("sample", 1, Printable.text(sample));
    }
}

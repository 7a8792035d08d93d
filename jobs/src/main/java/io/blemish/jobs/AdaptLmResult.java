package io.blemish.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.train.Epoch;
import io.blemish.train.LmCard;
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
 */
public record AdaptLmResult(Path out, long trained, long validated, long tokens, Epoch best, List<Epoch> epochs) {
    public AdaptLmResult {
        epochs = List.copyOf(epochs);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("trained", trained);
        run.count("validated", validated);
        run.count("tokens", tokens);
        run.count("steps", epochs.get(epochs.size() - 1).step());
    }

    /** The result as one line of JSON, where there is no run that tells it. */
    String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("out", out.toString()).put("trained", trained).put("validated", validated);
        json.put("tokens", tokens).put("epochs", epochs.size()).put("best_epoch", best.epoch());
        json.put("validation_loss", best.validation().loss());
        json.put("perplexity", LmCard.perplexity(best));
        return json.toString();
    }

    /** What a person is told. */
    Summary summary() {
        return Summary.titled(String.format(
                        Locale.ROOT,
                        "Trained a language model into %s: validation loss %.4f, perplexity %.2f after epoch %d",
                        out,
                        best.validation().loss(),
                        LmCard.perplexity(best),
                        best.epoch()))
                .with("trained", trained, "texts, in " + epochs.size() + " epochs of " + tokens + " tokens")
                .with("validated", validated, "texts that were never trained on");
    }
}

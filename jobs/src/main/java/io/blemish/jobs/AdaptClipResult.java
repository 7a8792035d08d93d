package io.blemish.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.train.Epoch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a training of a CLIP did.
 *
 * @param out folder of the model
 * @param trained pictures that were trained on
 * @param validated pictures that were kept for validation
 * @param rejected pictures that could not be decoded
 * @param best the epoch whose weights were kept
 * @param epochs all that were trained
 */
public record AdaptClipResult(
        Path out, long trained, long validated, List<String> rejected, Epoch best, List<Epoch> epochs) {
    public AdaptClipResult {
        rejected = List.copyOf(rejected);
        epochs = List.copyOf(epochs);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("trained", trained);
        run.count("validated", validated);
        run.count("rejected", rejected.size());
        run.count("steps", epochs.get(epochs.size() - 1).step());
        run.imagesDone(trained * epochs.size());
    }

    /** The result as one line of JSON, where there is no run that tells it. */
    String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("out", out.toString()).put("trained", trained).put("validated", validated);
        json.put("rejected", rejected.size()).put("epochs", epochs.size()).put("best_epoch", best.epoch());
        json.put("validation_loss", best.validation().loss());
        json.put("retrieval_accuracy", best.validation().accuracy());
        return json.toString();
    }

    /** What a person is told. */
    Summary summary() {
        String why = rejected.isEmpty() ? "" : "the first: " + Printable.text(rejected.get(0));
        return Summary.titled(String.format(
                        Locale.ROOT,
                        "Trained a CLIP into %s: validation loss %.4f, retrieval accuracy %.3f after epoch %d",
                        out,
                        best.validation().loss(),
                        best.validation().accuracy(),
                        best.epoch()))
                .with("trained", trained, "images, in " + epochs.size() + " epochs")
                .with("validated", validated, "images that were never trained on")
                .with("rejected", rejected.size(), why)
                .next("blemish inspect --clip " + out + " --knowledge FILE --warehouse W");
    }
}

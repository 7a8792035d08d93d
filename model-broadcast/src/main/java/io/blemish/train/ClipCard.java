package io.blemish.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.clip.ClipConfig;
import java.util.List;
import java.util.Locale;

/**
 * What there is to know of a trained CLIP: its model card, and the same facts for programs.
 *
 * @param name of the model
 * @param start what it was trained from, for example {@code random weights}
 * @param data where its pictures and captions are from
 * @param command that trains it again
 * @param config the architecture
 * @param numbers how many there were
 * @param dataFingerprint changes with any picture or caption
 * @param contrast options
 * @param training options
 * @param epochs at least one
 */
public record ClipCard(
        String name,
        String start,
        String data,
        String command,
        ClipConfig config,
        Numbers numbers,
        String dataFingerprint,
        ClipTraining contrast,
        TrainingOptions training,
        List<Epoch> epochs) {
    /** Checks that something was trained. */
    public ClipCard {
        epochs = List.copyOf(epochs);
    }

    /**
     * Counts.
     *
     * @param trainingImages pictures, or parts of them, that were trained on
     * @param validationImages those that were kept apart
     * @param validationCaptions different captions of those
     * @param rejected pictures that could not be decoded
     * @param parameters numbers in all weights
     * @param trainedParameters those that were trained
     */
    public record Numbers(
            long trainingImages,
            long validationImages,
            long validationCaptions,
            long rejected,
            long parameters,
            long trainedParameters) {}

    /** The facts, without the epochs. */
    public ObjectNode facts() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode facts = mapper.createObjectNode();
        facts.put("start", start).put("data", data).put("command", command);
        facts.put("data_fingerprint", dataFingerprint);
        facts.set("numbers", mapper.valueToTree(numbers));
        facts.set("contrast", mapper.valueToTree(contrast));
        facts.set("training", mapper.valueToTree(training));
        facts.put("seconds", Epoch.seconds(epochs));
        return facts;
    }

    /** The card, as Markdown with the front matter that Hugging Face reads. */
    public String markdown() {
        Epoch best = EarlyStopping.best(epochs).orElseThrow();
        return String.join(
                        "\n\n",
                        "---\nlibrary_name: transformers\npipeline_tag: zero-shot-image-classification\ntags: [clip]\n---",
                        "# " + name,
                        "A CLIP (Radford et al., 2021, [arXiv 2103.00020](https://arxiv.org/abs/2103.00020)), trained by Blemish from "
                                + start + " on " + data + ".",
                        "## Model",
                        model(),
                        "## Recipe",
                        "    " + command,
                        recipe(),
                        "## Result",
                        result(best),
                        "![Loss and retrieval accuracy of each epoch](loss-curve.png)",
                        "## Limits",
                        "The validation pictures come from the same source as those that were trained on: the figures say nothing"
                                + " about other pictures. The model knows the words of its captions and little else."
                                + " Evaluate it on photographs of your own before anything depends on it.")
                + "\n";
    }

    private String model() {
        ClipConfig.Tower vision = config.vision().tower();
        ClipConfig.Tower text = config.text().tower();
        return String.join(
                "\n",
                "| | vision | text |",
                "|---|---|---|",
                format(
                        "| width, blocks, heads | %d, %d, %d | %d, %d, %d |",
                        vision.width(), vision.layers(), vision.heads(), text.width(), text.layers(), text.heads()),
                format(
                        "| feed-forward | %d, %s | %d, %s |",
                        vision.feedForward(),
                        vision.activation().label(),
                        text.feedForward(),
                        text.activation().label()),
                format(
                        "| input | %d x %d pixels in patches of %d | %d of %,d tokens |",
                        config.vision().side(),
                        config.vision().side(),
                        config.vision().patch(),
                        config.text().positions(),
                        config.text().vocabulary()),
                "",
                format(
                        "Embeddings of width %d; %,d parameters, of which %,d were trained.",
                        config.embedding(), numbers.parameters, numbers.trainedParameters));
    }

    private String recipe() {
        return format(
                "%,d pictures, each seen once an epoch with one of its captions and in a random view; %,d more,"
                        + " chosen by their contents, were kept for validation (fingerprint of all: `%s`). Batches of %d, %d"
                        + " of them a step; %s; seed %d.",
                numbers.trainingImages,
                numbers.validationImages,
                dataFingerprint.substring(0, 16),
                contrast.batchSize(),
                training.accumulation(),
                training.told(),
                contrast.seed());
    }

    private String result(Epoch best) {
        return format(
                "Validation loss %.4f and retrieval accuracy %.3f (a picture's nearest of the %,d different captions of the"
                        + " validation pictures is one of its own), after epoch %d of %d and %,d steps: these weights are"
                        + " kept. Training took %.1f minutes on %d processor threads.",
                best.validation().loss(),
                best.validation().accuracy(),
                numbers.validationCaptions,
                best.epoch(),
                epochs.size(),
                best.step(),
                Epoch.seconds(epochs) / 60,
                training.threads());
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}

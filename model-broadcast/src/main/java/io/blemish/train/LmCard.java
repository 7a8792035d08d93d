package io.blemish.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.lm.NormPlace;
import io.blemish.lm.OptConfig;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What there is to know of a trained language model: its model card, and the same facts for programs.
 *
 * @param name of the model
 * @param start what it was trained from, for example {@code random weights}
 * @param data where its texts are from
 * @param command that trains it again
 * @param config the architecture
 * @param numbers how many there were
 * @param dataFingerprint changes with any text
 * @param texts options
 * @param training options
 * @param epochs at least one
 * @param samples texts that it made up
 */
public record LmCard(
        String name,
        String start,
        String data,
        String command,
        OptConfig config,
        Numbers numbers,
        String dataFingerprint,
        LmTraining texts,
        TrainingOptions training,
        List<Epoch> epochs,
        List<String> samples) {
    /** Copies the lists. */
    public LmCard {
        epochs = List.copyOf(epochs);
        samples = List.copyOf(samples);
    }

    /**
     * Counts.
     *
     * @param trainingTexts texts that were trained on
     * @param validationTexts those that were kept apart
     * @param trainingTokens tokens that an epoch tells
     * @param parameters numbers in all weights
     * @param trainedParameters those that were trained
     */
    public record Numbers(
            long trainingTexts, long validationTexts, long trainingTokens, long parameters, long trainedParameters) {}

    /** Between how many tokens the model hesitates at each of a validation text: the exponential of the mean loss. */
    public static double perplexity(Epoch epoch) {
        return Math.exp(epoch.validation().loss());
    }

    /** The facts, without the epochs. */
    public ObjectNode facts() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode facts = mapper.createObjectNode();
        facts.put("start", start).put("data", data).put("command", command);
        facts.put("data_fingerprint", dataFingerprint);
        facts.set("numbers", mapper.valueToTree(numbers));
        facts.set("texts", mapper.valueToTree(texts));
        facts.set("training", mapper.valueToTree(training));
        facts.put("seconds", Epoch.seconds(epochs));
        EarlyStopping.best(epochs).ifPresent(best -> facts.put("validation_perplexity", perplexity(best)));
        return facts;
    }

    /** The card, as Markdown with the front matter that Hugging Face reads. */
    public String markdown() {
        Epoch best = EarlyStopping.best(epochs).orElseThrow();
        return String.join(
                        "\n\n",
                        "---\nlibrary_name: transformers\npipeline_tag: text-generation\ntags: [opt]\n---",
                        "# " + name,
                        "An OPT (Zhang et al., 2022, [arXiv 2205.01068](https://arxiv.org/abs/2205.01068)), a causal"
                                + " language model, trained by Blemish from " + start + " on " + data + ".",
                        "## Model",
                        model(),
                        "## Recipe",
                        "    " + command,
                        recipe(),
                        "## Result",
                        result(best),
                        "![Loss and next-token accuracy of each epoch](loss-curve.png)",
                        "What it makes up, each token drawn with the probability that the model gives it, unedited:",
                        samples.stream()
                                .map(sample -> "    " + sample.replaceAll("\\s+", " "))
                                .collect(Collectors.joining("\n")),
                        "## Limits",
                        "It says what its texts say, true or not, and knows no other words. It has seen no picture. The"
                                + " validation texts differ from those that were trained on, but come from the same"
                                + " source: the figures say nothing about other texts.")
                + "\n";
    }

    private String model() {
        return format(
                "%d blocks, %d wide, of %d heads and a feed-forward of %d, norms %s; %,d tokens, at most %d a text. %,d"
                        + " parameters, of which %,d were trained.",
                config.layers(),
                config.width(),
                config.heads(),
                config.feedForward(),
                config.norm() == NormPlace.AFTER ? "after each sum" : "before",
                config.vocabulary(),
                config.positions(),
                numbers.parameters,
                numbers.trainedParameters);
    }

    private String recipe() {
        return format(
                "%,d texts of %,d tokens in all, each seen once an epoch; %,d more, chosen by their contents and"
                        + " different from all of those, were kept for validation (fingerprint of all: `%s`). Batches of %d"
                        + " texts, %d of them a step; %s; seed %d.",
                numbers.trainingTexts,
                numbers.trainingTokens,
                numbers.validationTexts,
                dataFingerprint.substring(0, 16),
                texts.batchSize(),
                training.accumulation(),
                training.told(),
                texts.seed());
    }

    private String result(Epoch best) {
        return format(
                "Validation loss %.4f a token, a perplexity of %.3f, and the next token right %.3f of the time, after epoch"
                        + " %d of %d and %,d steps: these weights are kept. Training took %.1f minutes on %d processor"
                        + " threads.",
                best.validation().loss(),
                perplexity(best),
                best.validation().accuracy(),
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

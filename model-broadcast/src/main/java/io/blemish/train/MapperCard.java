package io.blemish.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What there is to know of a trained mapper: its model card, and the same facts for programs.
 *
 * @param name of the mapper
 * @param start what it was trained from, for example {@code random weights}
 * @param models names of encoder and language model
 * @param data where its embeddings and captions are from
 * @param command that trains it again
 * @param config the architecture
 * @param settings what it must be used with
 * @param numbers how many there were
 * @param dataFingerprint changes with any embedding or caption
 * @param mapper options
 * @param training options
 * @param epochs at least one
 * @param check whether captions depend on their images
 * @param samples captions of images that were not trained on
 */
public record MapperCard(
        String name,
        String start,
        Models models,
        String data,
        String command,
        MapperConfig config,
        MapperSettings settings,
        Numbers numbers,
        String dataFingerprint,
        MapperTraining mapper,
        TrainingOptions training,
        List<Epoch> epochs,
        CollapseCheck check,
        List<CaptionSample> samples) {
    private static final int SHOWN = 12;

    /** Copies the lists. */
    public MapperCard {
        epochs = List.copyOf(epochs);
        samples = List.copyOf(samples);
    }

    /**
     * Names.
     *
     * @param clip the folder of the encoder
     * @param lm the folder of the language model
     * @param tuning what becomes of it: frozen, or trained along
     */
    public record Models(String clip, String lm, String tuning) {}

    /**
     * Counts.
     *
     * @param trainingImages images that were trained on
     * @param validationImages those that were kept apart
     * @param trainingCaptions captions of the former
     * @param validationCaptions captions of the latter
     * @param trainingTokens tokens that an epoch tells
     * @param cut captions that were too long and lost their end
     * @param parameters numbers in all weights of the mapper
     * @param trainedParameters those that were trained, the language model's included
     */
    public record Numbers(
            long trainingImages,
            long validationImages,
            long trainingCaptions,
            long validationCaptions,
            long trainingTokens,
            long cut,
            long parameters,
            long trainedParameters) {}

    /** The facts, without the epochs. */
    public ObjectNode facts() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode facts = json.createObjectNode();
        facts.put("start", start).put("data", data).put("command", command);
        facts.put("data_fingerprint", dataFingerprint);
        facts.set("models", json.valueToTree(models));
        facts.set("numbers", json.valueToTree(numbers));
        facts.set("mapper", json.valueToTree(mapper));
        facts.set("training", json.valueToTree(training));
        facts.set("collapse_check", json.valueToTree(check));
        facts.put("collapsed", check.collapsed());
        facts.put("seconds", Epoch.seconds(epochs));
        facts.put("tokens_per_second", numbers.trainingTokens * epochs.size() / Math.max(1e-9, Epoch.seconds(epochs)));
        return facts;
    }

    /** The card, as Markdown with the front matter that Hugging Face reads. */
    public String markdown() {
        Epoch best = EarlyStopping.best(epochs).orElseThrow();
        return String.join(
                        "\n\n",
                        "---\npipeline_tag: image-to-text\ntags: [clipcap]\n---",
                        "# " + name,
                        "A mapper of the kind " + config.kind().label()
                                + " (Mokady et al., ClipCap, 2021, [arXiv 2111.09734](https://arxiv.org/abs/2111.09734)):"
                                + " from an image's CLIP embedding it makes a prefix after which a language model writes a"
                                + " caption. Trained by Blemish from " + start + " on " + data + ".",
                        "## Model",
                        model(),
                        "## Recipe",
                        "    " + command,
                        recipe(),
                        "## Result",
                        result(best),
                        "![Loss and next-token accuracy of each epoch](loss-curve.png)",
                        "What it says of images that it was not trained on, the likeliest token at each step, unedited; below each,"
                                + " a caption that was given:",
                        samples.stream().limit(SHOWN).map(MapperCard::told).collect(Collectors.joining("\n")),
                        "## Limits",
                        "It serves the encoder and the language model that it was trained with, and no others: Blemish refuses"
                                + " them. The validation images come from the same source as those that were trained on: the"
                                + " figures say nothing about other images. Captions are likely texts, not statements of fact.")
                + "\n";
    }

    private String model() {
        String prompt = settings.prompt().isEmpty() ? "no prompt" : "the prompt `" + settings.prompt() + "`";
        return format(
                "Embeddings of %d numbers, %s, of the CLIP `%s` (`%s`); %d vectors of %d numbers for the language model `%s` (`%s`),"
                        + " which was %s; %s between prefix and caption. %,d parameters; %,d numbers were trained in all.",
                config.embedding(),
                config.scale() == EmbeddingScale.UNIT ? "brought to length 1" : "as they are",
                models.clip,
                shortened(settings.encoder().orElse("unknown")),
                config.prefix(),
                config.width(),
                models.lm,
                shortened(settings.languageModel().orElse("unknown")),
                models.tuning,
                prompt,
                numbers.parameters,
                numbers.trainedParameters);
    }

    private String recipe() {
        return format(
                "%,d captions of %,d images, %,d tokens in all, each seen once an epoch; %,d captions of %,d more"
                        + " images, chosen by their contents, were kept for validation (fingerprint of all: `%s`). Batches of"
                        + " %d captions, %d of them a step; %s; dropout %s; seed %d. Prefix, prompt and padding have no loss,"
                        + " the end of a caption has.",
                numbers.trainingCaptions,
                numbers.trainingImages,
                numbers.trainingTokens,
                numbers.validationCaptions,
                numbers.validationImages,
                shortened(dataFingerprint),
                mapper.batchSize(),
                training.accumulation(),
                training.told(),
                mapper.dropout(),
                mapper.seed());
    }

    private String result(Epoch best) {
        return format(
                "Validation loss %.4f a token, and the next token right %.3f of the time, after epoch %d of %d and %,d steps: these"
                        + " weights are kept. Do captions depend on their images? %s: %s. Training took %.1f minutes on %d"
                        + " processor threads.",
                best.validation().loss(),
                best.validation().accuracy(),
                best.epoch(),
                epochs.size(),
                best.step(),
                check.told(),
                check.collapsed() ? "hardly" : "yes",
                Epoch.seconds(epochs) / 60,
                training.threads());
    }

    private static String told(CaptionSample sample) {
        return "    " + oneLine(sample.written()) + "\n        "
                + oneLine(sample.truths().get(0));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(16, fingerprint.length()));
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}

package io.blemish.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.broadcast.TorchThreads;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.error.UserException;
import io.blemish.lm.OptConfig;
import io.blemish.train.EarlyStopping;
import io.blemish.train.Epoch;
import io.blemish.train.LmFolder;
import io.blemish.train.LmStart;
import io.blemish.train.LmTrainer;
import io.blemish.train.Score;
import io.blemish.train.TextData;
import io.blemish.train.Training;
import io.blemish.train.TrainingFolder;
import io.blemish.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains a causal language model on texts, on the driver: from random weights, or from a checkpoint whose lower blocks
 * stay as they are. Run again with the same options, it goes on where it was stopped.
 */
public final class AdaptLm {
    private static final int SAMPLE_TOKENS = 48;
    private static final int CARD_SAMPLES = 10;

    private final AdaptLmOptions options;
    private final Terminal terminal;

    /** A training whose progress is shown on the terminal. */
    public AdaptLm(AdaptLmOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** Trains on some of the texts, and validates with the others. */
    public AdaptLmResult run(List<String> texts) {
        createFolder();
        TorchThreads.configure(options.training().threads());
        LmStart start =
                switch (options.start().kind()) {
                    case RANDOM ->
                        LmStart.random(
                                options.start().path(),
                                options.out(),
                                texts,
                                options.texts().seed());
                    case CHECKPOINT -> LmStart.fromCheckpoint(options.start().path(), options.out());
                };
        try (OptTokenizer tokenizer = OptTokenizer.open(options.out())) {
            OptConfig config = start.config();
            int context = Math.min(options.texts().context(), config.positions());
            TextData data = TextData.encode(
                    texts, tokenizer, config, context, options.texts().validationShare());
            requireUsable(data, config);
            try (LmTrainer trainer = new LmTrainer(config, start.weights(), data, options.texts())) {
                return train(data, start, trainer, tokenizer);
            }
        }
    }

    private AdaptLmResult train(TextData data, LmStart start, LmTrainer trainer, OptTokenizer tokenizer) {
        TrainingFolder state = new TrainingFolder(options.out().resolve(".training"), identity(data, start));
        List<Epoch> epochs;
        try (TrainingProgress progress = new TrainingProgress(terminal, "tokens")) {
            epochs = Training.run(trainer, options.training(), state, new Samples(progress, trainer, tokenizer));
        }
        Epoch best = EarlyStopping.best(epochs).orElseThrow();
        List<String> samples = new ArrayList<>();
        for (int i = 1; i <= CARD_SAMPLES; i++) {
            samples.add(tokenizer.decode(trainer.sample(options.training().epochs() + i, SAMPLE_TOKENS)));
        }
        AdaptLmResult result = new AdaptLmResult(
                options.out(),
                data.trainingTexts(),
                data.validationTexts(),
                data.trainingTokens(),
                best,
                epochs,
                samples.get(0));
        LmFolder folder = new LmFolder(options.out());
        folder.writeModel(start.config(), trainer.trained(), options.precision());
        folder.writeCourse(facts(result), epochs, new LmCard(options, start.config(), result, samples).markdown());
        state.delete();
        return result;
    }

    /** Tells, with each epoch, how good the model is and what it makes up. */
    private final class Samples implements TrainingListener {
        private final TrainingListener progress;
        private final LmTrainer trainer;
        private final OptTokenizer tokenizer;

        Samples(TrainingListener progress, LmTrainer trainer, OptTokenizer tokenizer) {
            this.progress = progress;
            this.trainer = trainer;
            this.tokenizer = tokenizer;
        }

        @Override
        public void step(long step, long steps, Score score, int epoch) {
            progress.step(step, steps, score, epoch);
        }

        @Override
        public void epoch(Epoch ended) {
            progress.epoch(ended);
            if (terminal.chatter() != Terminal.Chatter.QUIET) {
                String sample = tokenizer.decode(trainer.sample(ended.epoch(), SAMPLE_TOKENS));
                terminal.warn(String.format(
                        Locale.ROOT,
                        "  perplexity %.2f; it says: %s",
                        AdaptLmResult.perplexity(ended),
                        Printable.text(sample)));
            }
        }

        @Override
        public void resumed(long step) {
            progress.resumed(step);
        }
    }

    private void requireUsable(TextData data, OptConfig config) {
        if (data.training().isEmpty() || data.validation().isEmpty()) {
            throw UserException.cannot(
                    "train a language model",
                    "the texts leave " + data.trainingTexts() + " to train on and " + data.validationTexts()
                            + " to validate with",
                    "Give more different texts, or another --validation");
        }
        if (data.highestToken() >= config.vocabulary()) {
            throw UserException.cannot(
                    "train a language model",
                    "the tokenizer gives the id " + data.highestToken() + ", vocab_size is " + config.vocabulary(),
                    "Use a tokenizer and a configuration that belong together");
        }
    }

    private String identity(TextData data, LmStart start) {
        return new Fingerprint()
                .value("data", data.fingerprint())
                .value("config", start.config().toString())
                .value("weights", new Fingerprint().tensors(start.weights()).hex())
                .value("texts", options.texts().toString())
                .value("training", options.training().toString())
                .hex();
    }

    private static ObjectNode facts(AdaptLmResult result) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("training_texts", result.trained());
        facts.put("validation_texts", result.validated());
        facts.put("tokens_of_an_epoch", result.tokens());
        facts.put("validation_perplexity", result.perplexity());
        return facts;
    }

    private void createFolder() {
        try {
            Files.createDirectories(options.out());
        } catch (IOException e) {
            throw UserException.cannot(
                    "write to " + options.out(), e.toString(), "Name a folder that can be written to with --out", e);
        }
    }
}

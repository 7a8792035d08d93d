package io.blemish.jobs;

import io.blemish.broadcast.TorchThreads;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import io.blemish.lm.OptConfig;
import io.blemish.train.EarlyStopping;
import io.blemish.train.Epoch;
import io.blemish.train.LmCard;
import io.blemish.train.LmFolder;
import io.blemish.train.LmStart;
import io.blemish.train.LmTrainer;
import io.blemish.train.Score;
import io.blemish.train.TextData;
import io.blemish.train.Training;
import io.blemish.train.TrainingFolder;
import io.blemish.train.TrainingListener;
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
    private final TrainingOutput output;
    private final Terminal terminal;

    /** A training whose progress is shown on the terminal. */
    public AdaptLm(AdaptLmOptions options, Terminal terminal) {
        this.options = options;
        this.output = new TrainingOutput(options.out(), "model");
        this.terminal = terminal;
    }

    /** Trains on some of the texts, and validates with the others. */
    public AdaptLmResult run(List<String> texts) {
        output.requireNoModel();
        output.create();
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

    /** What {@link #run} would do, with so many texts of the source. */
    public Summary plan(String source, long texts) {
        output.requireNoModel();
        return Summary.titled("Would train a language model on " + source + " and write it to " + options.out())
                .with("texts", texts, "");
    }

    private AdaptLmResult train(TextData data, LmStart start, LmTrainer trainer, OptTokenizer tokenizer) {
        TrainingFolder state = new TrainingFolder(output.state(), identity(data, start));
        List<Epoch> epochs;
        try (TrainingProgress progress = new TrainingProgress(terminal, "tokens")) {
            epochs = Training.run(trainer, options.training(), state, new Samples(progress, trainer, tokenizer));
        }
        List<String> samples = new ArrayList<>();
        for (int i = 1; i <= CARD_SAMPLES; i++) {
            samples.add(tokenizer.decode(trainer.sample(options.training().epochs() + i, SAMPLE_TOKENS)));
        }
        LmFolder folder = new LmFolder(options.out());
        folder.writeModel(start.config(), trainer.trained(), options.precision());
        folder.writeCard(card(data, start, trainer, epochs, samples));
        state.delete();
        return new AdaptLmResult(
                options.out(),
                data.trainingTexts(),
                data.validationTexts(),
                data.trainingTokens(),
                EarlyStopping.best(epochs).orElseThrow(),
                epochs);
    }

    private LmCard card(TextData data, LmStart start, LmTrainer trainer, List<Epoch> epochs, List<String> samples) {
        LmCard.Numbers numbers = new LmCard.Numbers(
                data.trainingTexts(),
                data.validationTexts(),
                data.trainingTokens(),
                start.weights().stream().mapToLong(Tensor::elements).sum(),
                trainer.weights().trainedTensors().stream()
                        .mapToLong(Tensor::elements)
                        .sum());
        return new LmCard(
                options.out().toAbsolutePath().normalize().getFileName().toString(),
                options.start().told(),
                options.recipe().data(),
                options.recipe().command(),
                start.config(),
                numbers,
                data.fingerprint(),
                options.texts(),
                options.training(),
                epochs,
                samples);
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
                        LmCard.perplexity(ended),
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
                .value("training", options.training().identity())
                .hex();
    }
}

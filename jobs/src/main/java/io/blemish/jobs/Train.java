package io.blemish.jobs;

import io.blemish.broadcast.TorchThreads;
import io.blemish.caption.CaptionTokens;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperSettings;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.lm.LmCheckpoint;
import io.blemish.tables.Warehouse;
import io.blemish.train.CaptionData;
import io.blemish.train.CaptionLm;
import io.blemish.train.CaptionSample;
import io.blemish.train.CaptionSampler;
import io.blemish.train.CaptionedImage;
import io.blemish.train.CollapseCheck;
import io.blemish.train.EarlyStopping;
import io.blemish.train.Epoch;
import io.blemish.train.MapperCard;
import io.blemish.train.MapperFolder;
import io.blemish.train.MapperTrainer;
import io.blemish.train.Training;
import io.blemish.train.TrainingFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains a mapper, on the driver, from embeddings that a warehouse has and captions of their images: from random weights, or from another
 * mapper. Run again with the same options, it goes on where it was stopped.
 */
public final class Train {
    private final TrainOptions options;
    private final TrainingOutput output;
    private final Terminal terminal;

    /** A training whose progress is shown on the terminal. */
    public Train(TrainOptions options, Terminal terminal) {
        this.options = options;
        this.output = new TrainingOutput(options.out(), "mapper");
        this.terminal = terminal;
    }

    /**
     * What is trained on, and validated with: {@code image_id, embedding, captions}.
     *
     * @param encoderId whose embeddings are taken
     */
    public Dataset<Row> rows(Warehouse warehouse, String encoderId) {
        return EmbeddingSource.captioned(warehouse, encoderId, options.captions(), options.window());
    }

    /**
     * Trains.
     *
     * @param run told which encoder's embeddings are taken
     */
    public TrainResult run(Warehouse warehouse, JobRun run) {
        output.requireNoModel();
        TorchThreads.configure(options.training().threads());
        try (Clip clip = Clip.open(options.models().clip())) {
            String encoderId = EmbeddingSource.encoderId(warehouse, clip);
            run.identify("encoder_id", encoderId);
            options.window().report(run);
            LmCheckpoint lm = CausalLms.checkpoint(options.models().lm());
            TunedLm.requireTunable(options.models(), lm);
            List<CaptionedImage> images = EmbeddingSource.collect(rows(warehouse, encoderId));
            MapperWeights start = start(clip.config().embedding(), lm);
            output.create();
            try (ByteLevelTokenizer tokenizer = lm.tokenizer()) {
                return train(clip.fingerprint(), lm, start, images, tokenizer);
            }
        }
    }

    /** What {@link #run} would train on. */
    public Summary plan(Warehouse warehouse) {
        output.requireNoModel();
        try (Clip clip = Clip.open(options.models().clip())) {
            return Summary.titled("Would train a mapper on " + warehouse + options.window() + " and write it to "
                            + options.out())
                    .with(
                            "images",
                            rows(warehouse, EmbeddingSource.encoderId(warehouse, clip))
                                    .count(),
                            "have an embedding and captions");
        }
    }

    private TrainResult train(
            String encoder,
            LmCheckpoint lm,
            MapperWeights start,
            List<CaptionedImage> images,
            ByteLevelTokenizer tokenizer) {
        CaptionTokens tokens = new CaptionTokens(tokenizer, options.prompt(), lm.end());
        int longest = lm.positions() - start.config().prefix() - tokens.prompt().length;
        requireRoom(longest, lm);
        CaptionData data = CaptionData.encode(
                images, tokens::ended, longest, options.mapper().validationShare());
        requireEnough(data, images.size());
        boolean tuned = options.models().tuning() == TrainOptions.Tuning.TUNED;
        CaptionLm behind = tuned ? CaptionLm.tuned(lm) : CaptionLm.frozen(lm);
        try (MapperTrainer trainer = new MapperTrainer(
                        start.config(), start.script(), behind, data, tokens.prompt(), options.mapper());
                TunedLm written = new TunedLm(options.models(), options.out(), lm);
                TrainingProgress progress = new TrainingProgress(terminal, "tokens")) {
            CaptionSampler sampler = new CaptionSampler(data, options.samples(), options.prompt());
            TrainingFolder state = new TrainingFolder(output.state(), identity(data, lm, start));
            TrainingSamples told = new TrainingSamples(progress, terminal, trainer, sampler, written);
            List<Epoch> epochs = Training.run(trainer, options.training(), state, told);
            TrainResult result = write(encoder, data, start, trainer, epochs, sampler, written);
            state.delete();
            return result;
        }
    }

    private TrainResult write(
            String encoder,
            CaptionData data,
            MapperWeights start,
            MapperTrainer trainer,
            List<Epoch> epochs,
            CaptionSampler sampler,
            TunedLm written) {
        LmCheckpoint lm = written.write(trainer.trainedLanguageModel());
        List<CaptionSample> samples = sampler.write(trainer.trained(), written.loaded());
        Epoch best = EarlyStopping.best(epochs).orElseThrow();
        CollapseCheck check = CaptionSampler.check(samples, best.validation(), trainer.validateExchanged());
        check.warning().ifPresent(terminal::warn);
        MapperSettings settings = new MapperSettings(
                options.prompt().strip(),
                Optional.of(encoder),
                Optional.of(lm.fingerprint(Precision.FP32)),
                Decoding.beamSearch());
        MapperFolder folder = new MapperFolder(options.out());
        folder.writeModel(trainer.trained(), settings, options.precision());
        folder.writeCard(card(data, start.config(), settings, trainer, epochs, check, samples));
        return new TrainResult(
                options.out(),
                data.trainingImages(),
                data.held().size(),
                data.training().size(),
                data.trainingTokens(),
                best,
                epochs,
                check);
    }

    private MapperCard card(
            CaptionData data,
            MapperConfig config,
            MapperSettings settings,
            MapperTrainer trainer,
            List<Epoch> epochs,
            CollapseCheck check,
            List<CaptionSample> samples) {
        MapperCard.Numbers numbers = new MapperCard.Numbers(
                data.trainingImages(),
                data.held().size(),
                data.training().size(),
                data.validation().size(),
                data.trainingTokens(),
                data.cut(),
                elements(List.copyOf(trainer.trained().script())),
                elements(trainer.weights().trainedTensors()));
        boolean tuned = options.models().tuning() == TrainOptions.Tuning.TUNED;
        return new MapperCard(
                name(options.out()),
                options.from().map(file -> "the mapper " + file.getFileName()).orElse("random weights"),
                new MapperCard.Models(
                        name(options.models().clip()), name(options.models().lm()), tuned ? "trained along" : "frozen"),
                options.recipe().data(),
                options.recipe().command(),
                config,
                settings,
                numbers,
                data.fingerprint(),
                options.mapper(),
                options.training(),
                epochs,
                check,
                samples);
    }

    private MapperWeights start(int embedding, LmCheckpoint lm) {
        if (options.from().isEmpty()) {
            try {
                MapperConfig config = options.architecture().config(embedding, lm.width());
                return MapperWeights.random(config, options.mapper().seed());
            } catch (IllegalArgumentException e) {
                throw UserException.cannot(
                        "train such a mapper", e.getMessage(), "Choose other --heads, or other sizes", e);
            }
        }

        Path file = options.from().get();
        MapperWeights start = MapperWeights.read(
                file,
                new MapperWeights.Untold(
                        options.architecture().scale(),
                        Optional.of(lm.width()),
                        options.architecture().heads().orElse(MapperConfig.PUBLISHED_HEADS)));
        if (start.config().embedding() != embedding || start.config().width() != lm.width()) {
            throw UserException.cannot(
                    "start from the mapper " + file,
                    "it makes vectors of " + start.config().width() + " numbers from embeddings of "
                            + start.config().embedding() + "; CLIP and language model have " + embedding + " and "
                            + lm.width(),
                    "Name the models that belong to it with --clip and --lm");
        }
        return start;
    }

    private void requireRoom(int longest, LmCheckpoint lm) {
        if (longest < 2) {
            throw UserException.cannot(
                    "train a mapper",
                    "prefix and prompt leave no room for a caption in the " + lm.positions()
                            + " positions of the language model",
                    "Choose a smaller --prefix-length or a shorter --prompt");
        }
    }

    private void requireEnough(CaptionData data, int images) {
        if (data.trainingImages() < 1 || data.held().size() < 2) {
            throw UserException.cannot(
                    "train a mapper",
                    images + " images with captions leave " + data.trainingImages() + " to train on and "
                            + data.held().size() + " to validate with",
                    "Give more captions of inspected images, or another --validation");
        }
    }

    private String identity(CaptionData data, LmCheckpoint lm, MapperWeights start) {
        return new Fingerprint()
                .value("data", data.fingerprint())
                .value("language model", lm.fingerprint(Precision.FP32))
                .value("tuning", options.models().tuning().name())
                .value("config", start.config().toString())
                .value("prompt", options.prompt())
                .tensors(start.tensors())
                .value("mapper", options.mapper().toString())
                .value("training", options.training().toString())
                .hex();
    }

    private static long elements(List<Tensor> tensors) {
        return tensors.stream().mapToLong(Tensor::elements).sum();
    }

    private static String name(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }
}

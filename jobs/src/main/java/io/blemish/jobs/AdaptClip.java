package io.blemish.jobs;

import io.blemish.broadcast.TorchThreads;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ClipTokenizer;
import io.blemish.checkpoint.Fingerprint;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.Tokenizer;
import io.blemish.clip.ClipConfig;
import io.blemish.error.UserException;
import io.blemish.train.ClipCard;
import io.blemish.train.ClipFolder;
import io.blemish.train.ClipStart;
import io.blemish.train.ClipTrainer;
import io.blemish.train.EarlyStopping;
import io.blemish.train.Epoch;
import io.blemish.train.PairData;
import io.blemish.train.Training;
import io.blemish.train.TrainingFolder;
import io.blemish.train.TrainingPair;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Trains a CLIP on pictures and captions, on the driver: from random weights, or from a checkpoint whose lower blocks
 * stay as they are. Run again with the same options, it goes on where it was stopped.
 */
public final class AdaptClip {
    private final AdaptClipOptions options;
    private final TrainingOutput output;
    private final Terminal terminal;

    /** A training whose progress is shown on the terminal. */
    public AdaptClip(AdaptClipOptions options, Terminal terminal) {
        this.options = options;
        this.output = new TrainingOutput(options.out(), "model");
        this.terminal = terminal;
    }

    /**
     * Trains.
     *
     * @param pairs what is trained on, and validated with
     * @param size how many pairs there are, for the progress
     */
    public AdaptClipResult run(Iterator<TrainingPair> pairs, long size) {
        output.requireNoModel();
        output.create();
        TorchThreads.configure(options.training().threads());
        int side = side();
        try (PairData data = decode(pairs, size, side)) {
            requireEnough(data);
            ClipStart start = start(data).withSide(side);
            try (Tokenizer tokenizer = ClipTokenizer.open(
                            options.out(), start.config().text().positions());
                    ClipTrainer trainer = new ClipTrainer(
                            start.config(), start.weights(), start.processor(), tokenizer, data, options.contrast())) {
                return train(data, start, trainer);
            }
        }
    }

    /** What {@link #run} would do, with so many images of the source. */
    public Summary plan(String source, long images) {
        output.requireNoModel();
        return Summary.titled("Would train a CLIP on " + source + " and write it to " + options.out())
                .with("images", images, "have captions");
    }

    private AdaptClipResult train(PairData data, ClipStart start, ClipTrainer trainer) {
        TrainingFolder state = new TrainingFolder(output.state(), identity(data, start));
        List<Epoch> epochs;
        try (TrainingProgress progress = new TrainingProgress(terminal, "images")) {
            epochs = Training.run(trainer, options.training(), state, progress);
        }
        ClipFolder folder = new ClipFolder(options.out());
        folder.writeModel(start.config(), start.processor(), trainer.weights().tensors(), options.precision());
        folder.writeCard(card(data, start, trainer, epochs));
        state.delete();
        return new AdaptClipResult(
                options.out(),
                trainer.trainingPictures(),
                trainer.validationPictures(),
                data.rejected(),
                EarlyStopping.best(epochs).orElseThrow(),
                epochs);
    }

    private PairData decode(Iterator<TrainingPair> pairs, long size, int side) {
        AtomicLong done = new AtomicLong();
        try (Progress progress = Progress.start(terminal, "adapt-clip: images decoded", size, done::get)) {
            return PairData.decode(pairs, side, Runtime.getRuntime().availableProcessors(), done::set);
        }
    }

    private int side() {
        return options.side().orElseGet(this::sideOfStart);
    }

    private int sideOfStart() {
        return switch (options.start().kind()) {
            case RANDOM ->
                ClipConfig.ofUntrained(options.start().path()).vision().side();
            case CHECKPOINT ->
                ClipConfig.read(Checkpoint.open(options.start().path()))
                        .vision()
                        .side();
        };
    }

    private ClipStart start(PairData data) {
        List<String> captions =
                data.captions().stream().flatMap(Collection::stream).toList();
        return switch (options.start().kind()) {
            case RANDOM ->
                ClipStart.random(
                        options.start().path(),
                        options.out(),
                        captions,
                        options.contrast().seed());
            case CHECKPOINT -> ClipStart.fromCheckpoint(options.start().path(), options.out());
        };
    }

    private void requireEnough(PairData data) {
        int batch = options.contrast().batchSize();
        int trained = data.training(options.contrast().validationShare()).size();
        int validated = data.size() - trained;
        if (trained < batch || validated < 2) {
            throw UserException.cannot(
                    "train a CLIP",
                    data.size() + " usable images leave " + trained + " to train on and " + validated
                            + " to validate with, for batches of " + batch,
                    "Give more images, or a smaller --batch");
        }
    }

    private String identity(PairData data, ClipStart start) {
        return new Fingerprint()
                .value("data", data.fingerprint())
                .value("weights", new Fingerprint().tensors(start.weights()).hex())
                .value("contrast", options.contrast().toString())
                .value("training", options.training().identity())
                .hex();
    }

    private ClipCard card(PairData data, ClipStart start, ClipTrainer trainer, List<Epoch> epochs) {
        List<Tensor> all = trainer.weights().tensors();
        ClipCard.Numbers numbers = new ClipCard.Numbers(
                trainer.trainingPictures(),
                trainer.validationPictures(),
                trainer.validationCaptions(),
                data.rejected().size(),
                all.stream().mapToLong(Tensor::elements).sum(),
                trainer.weights().trainedTensors().stream()
                        .mapToLong(Tensor::elements)
                        .sum());
        return new ClipCard(
                options.out().toAbsolutePath().normalize().getFileName().toString(),
                options.start().told(),
                options.recipe().data(),
                options.recipe().command(),
                start.config(),
                numbers,
                data.fingerprint(),
                options.contrast(),
                options.training(),
                epochs);
    }
}

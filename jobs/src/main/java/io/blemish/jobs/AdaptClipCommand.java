package io.blemish.jobs;

import io.blemish.checkpoint.DType;
import io.blemish.error.UserException;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.AdamW;
import io.blemish.train.Augmentation;
import io.blemish.train.ClipTraining;
import io.blemish.train.TrainingOptions;
import io.blemish.train.TrainingPair;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish adapt-clip}. */
@Command(
        name = "adapt-clip",
        description = "Trains a CLIP on images and captions; run again, it goes on where it was stopped.")
public final class AdaptClipCommand extends AdaptCommand {
    private static final int CHECKPOINT_SECONDS = 180;
    private static final int CHECKPOINT_BLOCKS = 2;
    private static final double RANDOM_RATE = 1e-3;
    private static final double CHECKPOINT_RATE = 1e-5;

    @ArgGroup(multiplicity = "1")
    private Data data;

    @ArgGroup(multiplicity = "1")
    private Origin origin;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the trained model is written")
    private Path out;

    @Option(
            names = "--side",
            paramLabel = "PIXELS",
            description = "Side of the pictures, if it is to be another than at the start: positions are interpolated")
    private Integer side;

    @Option(names = "--epochs", defaultValue = "20", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(names = "--batch", defaultValue = "128", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--accumulate", defaultValue = "1", paramLabel = "N", description = "Batches for one step")
    private int accumulate;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Highest learning rate; 1e-3 from random weights, else 1e-5")
    private Double rate;

    @Option(names = "--weight-decay", defaultValue = "0.1", paramLabel = "D", description = "Default: ${DEFAULT-VALUE}")
    private double weightDecay;

    @Option(
            names = "--warm-up",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "Share of all steps in which the rate rises. Default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(
            names = "--validation",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description = "Share of the images that is validated with. Default: ${DEFAULT-VALUE}")
    private double validation;

    @Option(
            names = "--patience",
            defaultValue = "5",
            paramLabel = "N",
            description = "Epochs without a lower validation loss until it stops. Default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--train-vision-blocks", paramLabel = "N", description = "Last blocks that are trained")
    private Integer visionBlocks;

    @Option(names = "--train-text-blocks", paramLabel = "N", description = "Last blocks that are trained")
    private Integer textBlocks;

    @Option(names = "--threads", paramLabel = "N", description = "Processor threads; by default all")
    private Integer threads;

    @Option(names = "--half", description = "Write the weights in float16")
    private boolean half;

    /** Either of the two. */
    static final class Data {
        @Option(
                names = "--manifest",
                required = true,
                paramLabel = "FILE",
                description =
                        "CSV with a header: image (relative to the file) and caption, several rows an image if need be; with"
                                + " left, top, width and height, captions of parts of images")
        private Path manifest;

        @Option(
                names = "--warehouse",
                required = true,
                paramLabel = "W",
                description = "Images that have captions in the table truths")
        private String warehouse;
    }

    /** Either of the two. */
    static final class Origin {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FOLDER",
                description = "Start from random weights: config.json, and a tokenizer if none is to be learned")
        private Path config;

        @Option(names = "--clip", required = true, paramLabel = "FOLDER", description = "Start from a checkpoint")
        private Path clip;
    }

    @Override
    Optional<String> location() {
        return Optional.ofNullable(data.warehouse);
    }

    @Override
    Summary plan(JobContext context, Optional<Warehouse> warehouse, TimeWindow window) {
        String source = warehouse.map(Warehouse::toString).orElse("the manifest " + data.manifest);
        long images = warehouse
                .map(chosen -> CaptionSource.warehouse(chosen, window).count())
                .orElseGet(() -> (long)
                        CaptionSource.manifest(context.spark(), data.manifest).size());
        return new AdaptClip(options(source), context.terminal()).plan(source + window, images);
    }

    @Override
    ExitCode onFile(JobContext context) throws Exception {
        AdaptClipOptions options = options("the manifest " + data.manifest.getFileName());
        List<TrainingPair> pairs = CaptionSource.manifest(context.spark(), data.manifest);
        AdaptClipResult result = new AdaptClip(options, context.terminal()).run(pairs.iterator(), pairs.size());
        return WarehouseCommand.tell(context.terminal(), result.summary(), result::json);
    }

    @Override
    JobRun.Ended onWarehouse(JobContext context, Warehouse warehouse, TimeWindow window) throws Exception {
        AdaptClipOptions options = options("the captions of the warehouse " + warehouse + window);
        Dataset<Row> rows = CaptionSource.warehouse(warehouse, window);
        return JobRun.execute(context, warehouse, "adapt-clip", "Training a CLIP on " + warehouse, run -> {
            run.input(ImagesTable.DEFINITION, warehouse.version(ImagesTable.DEFINITION));
            window.report(run);
            Iterator<TrainingPair> pairs =
                    CaptionSource.pairs(rows, context.spark().sessionState().newHadoopConf());
            AdaptClipResult result = new AdaptClip(options, context.terminal()).run(pairs, rows.count());
            result.report(run);
            return result.summary();
        });
    }

    private AdaptClipOptions options(String source) {
        boolean random = origin.config != null;
        int blocks = random ? Integer.MAX_VALUE : CHECKPOINT_BLOCKS;
        int processors = Runtime.getRuntime().availableProcessors();
        double highest = rate != null ? rate : random ? RANDOM_RATE : CHECKPOINT_RATE;
        try {
            return new AdaptClipOptions(
                    random
                            ? new TrainingStart(TrainingStart.Kind.RANDOM, origin.config)
                            : new TrainingStart(TrainingStart.Kind.CHECKPOINT, origin.clip),
                    side == null ? OptionalInt.empty() : OptionalInt.of(side),
                    out,
                    new ClipTraining(
                            batch,
                            seed,
                            validation,
                            visionBlocks == null ? blocks : visionBlocks,
                            textBlocks == null ? blocks : textBlocks,
                            Augmentation.STANDARD),
                    new TrainingOptions(
                            epochs,
                            accumulate,
                            highest,
                            warmUp,
                            AdamW.Options.ofClip(weightDecay),
                            patience,
                            threads == null ? processors : threads,
                            CHECKPOINT_SECONDS),
                    half ? DType.F16 : DType.F32,
                    new TrainingRecipe(source, "bin/blemish " + given()));
        } catch (IllegalArgumentException e) {
            throw UserException.cannot("train a CLIP", e.getMessage(), "See blemish adapt-clip --help", e);
        }
    }
}

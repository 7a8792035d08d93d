package io.blemish.jobs;

import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperKind;
import io.blemish.checkpoint.DType;
import io.blemish.error.UserException;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.AdamW;
import io.blemish.train.MapperTraining;
import io.blemish.train.TrainingOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish train}. */
@Command(
        name = "train",
        description =
                "Trains a mapper from stored embeddings and captions, so that a language model describes images; run again, it goes"
                        + " on where it was stopped.")
public final class TrainCommand extends WarehouseCommand {
    private static final int CHECKPOINT_SECONDS = 180;

    @Option(
            names = "--clip",
            required = true,
            paramLabel = "FOLDER",
            description = "The checkpoint that the images were inspected with")
    private Path clip;

    @Option(
            names = "--lm",
            required = true,
            paramLabel = "FOLDER",
            description = "The language model that writes the captions: an OPT or a GPT-2")
    private Path lm;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the mapper is written")
    private Path out;

    @Option(
            names = "--captions",
            paramLabel = "WHICH",
            defaultValue = "summaries",
            description =
                    "summaries of inspections, truths that were imported, or a CSV file with the columns image and caption."
                            + " Default: ${DEFAULT-VALUE}")
    private String captions;

    @Mixin
    private TimeWindowOptions time;

    @Option(
            names = "--mapper",
            paramLabel = "KIND",
            defaultValue = "mlp",
            description = "mlp, linear, transformer or clipcap-xai. Default: ${DEFAULT-VALUE}")
    private String mapper;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Start from the weights of a mapper, ClipCap's published ones among them; it tells kind and sizes")
    private Path from;

    @Option(
            names = "--tune-lm",
            description = "Train the language model along; it is written to the folder lm of --out")
    private boolean tuneLm;

    @Option(names = "--normalise", description = "Bring embeddings to length 1 first")
    private boolean normalise;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Stands between prefix and caption, here and whenever the mapper is used")
    private String prompt;

    @Option(names = "--prefix-length", paramLabel = "N", description = "Tokens of the prefix")
    private String prefixLength;

    @Option(names = "--hidden", paramLabel = "N", description = "Width of hidden layers; by default as published")
    private Integer hidden;

    @Option(
            names = "--clip-length",
            paramLabel = "N",
            description =
                    "Tokens that the transformer spreads the embedding over; by default as many as the prefix has")
    private Integer clipLength;

    @Option(names = "--layers", paramLabel = "N", description = "Layers of attention; by default 8")
    private Integer layers;

    @Option(names = "--heads", paramLabel = "N", description = "Heads of the transformer; by default 8")
    private Integer heads;

    @Option(names = "--epochs", paramLabel = "N", description = "How often each caption is seen, at most")
    private String epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Captions")
    private String batch;

    @Option(names = "--accumulate", defaultValue = "1", paramLabel = "N", description = "Batches for one step")
    private int accumulate;

    @Option(names = "--rate", paramLabel = "R", description = "Highest learning rate")
    private String rate;

    @Option(names = "--weight-decay", paramLabel = "D", description = "Of AdamW")
    private String weightDecay;

    @Option(names = "--warm-up", paramLabel = "SHARE", description = "Share of all steps in which the rate rises")
    private String warmUp;

    @Option(names = "--dropout", paramLabel = "P", description = "Share of the mapper's hidden values that is dropped")
    private String dropout;

    @Option(names = "--validation", paramLabel = "SHARE", description = "Share of the images that is validated with")
    private String validation;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without a lower validation loss until it stops")
    private String patience;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Processor threads; by default all")
    private Integer threads;

    @Option(names = "--half", description = "Write the mapper's weights in float16")
    private boolean half;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--prefix-length", Keys.TRAIN_PREFIX_LENGTH, prefixLength);
        set(configuration, "--epochs", Keys.TRAIN_EPOCHS, epochs);
        set(configuration, "--batch", Keys.TRAIN_BATCH, batch);
        set(configuration, "--rate", Keys.TRAIN_RATE, rate);
        set(configuration, "--weight-decay", Keys.TRAIN_WEIGHT_DECAY, weightDecay);
        set(configuration, "--warm-up", Keys.TRAIN_WARM_UP, warmUp);
        set(configuration, "--dropout", Keys.TRAIN_DROPOUT, dropout);
        set(configuration, "--validation", Keys.TRAIN_VALIDATION, validation);
        set(configuration, "--patience", Keys.TRAIN_PATIENCE, patience);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return train(context, warehouse, options(context.configuration(), warehouse));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        warehouse.require("Run blemish inspect first", InspectionsTable.DEFINITION);
        TrainOptions options = options(context.configuration(), warehouse);
        return new Plan("train", new Train(options, context.terminal()).plan(warehouse));
    }

    /** Trains as a run of its own. */
    static JobRun.Ended train(JobContext context, Warehouse warehouse, TrainOptions options) throws Exception {
        return JobRun.execute(context, warehouse, "train", "Training a mapper on " + warehouse, run -> {
            warehouse.require("Run blemish inspect first", InspectionsTable.DEFINITION);
            run.input(InspectionsTable.DEFINITION, warehouse.version(InspectionsTable.DEFINITION));
            TrainResult result = new Train(options, context.terminal()).run(warehouse, run);
            result.report(run);
            return result.summary();
        });
    }

    private TrainOptions options(Configuration configuration, Warehouse warehouse) {
        CaptionChoice choice = CaptionChoice.parse(captions);
        try {
            return new TrainOptions(
                    new TrainOptions.Models(clip, lm, tuneLm ? TrainOptions.Tuning.TUNED : TrainOptions.Tuning.FROZEN),
                    choice,
                    time.window(),
                    out,
                    architecture(configuration),
                    Optional.ofNullable(from),
                    prompt,
                    new MapperTraining(
                            configuration.value(Keys.TRAIN_BATCH),
                            seed,
                            configuration.value(Keys.TRAIN_VALIDATION),
                            configuration.value(Keys.TRAIN_DROPOUT)),
                    new TrainingOptions(
                            configuration.value(Keys.TRAIN_EPOCHS),
                            accumulate,
                            configuration.value(Keys.TRAIN_RATE),
                            configuration.value(Keys.TRAIN_WARM_UP),
                            AdamW.Options.ofMappers(configuration.value(Keys.TRAIN_WEIGHT_DECAY)),
                            configuration.value(Keys.TRAIN_PATIENCE),
                            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                            CHECKPOINT_SECONDS),
                    configuration.value(Keys.TRAIN_SAMPLES),
                    half ? DType.F16 : DType.F32,
                    new TrainingRecipe(
                            "the warehouse " + warehouse + time.window() + " and " + choice.told(),
                            "bin/blemish " + given()));
        } catch (IllegalArgumentException e) {
            throw UserException.cannot("train a mapper", e.getMessage(), "See blemish train --help", e);
        }
    }

    private TrainOptions.Architecture architecture(Configuration configuration) {
        MapperKind kind = MapperKind.parse(mapper)
                .orElseThrow(() -> UserException.cannot(
                        "train a mapper of the kind " + mapper,
                        "there is none",
                        "Name one of "
                                + Arrays.stream(MapperKind.values())
                                        .map(MapperKind::label)
                                        .collect(Collectors.joining(", "))
                                + " with --mapper"));
        return new TrainOptions.Architecture(
                kind,
                normalise ? EmbeddingScale.UNIT : EmbeddingScale.RAW,
                configuration.value(Keys.TRAIN_PREFIX_LENGTH),
                optional(hidden),
                optional(clipLength),
                optional(layers),
                optional(heads));
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}

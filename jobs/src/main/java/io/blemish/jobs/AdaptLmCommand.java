package io.blemish.jobs;

import io.blemish.checkpoint.DType;
import io.blemish.error.UserException;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.AdamW;
import io.blemish.train.LmTraining;
import io.blemish.train.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish adapt-lm}. */
@Command(
        name = "adapt-lm",
        description = "Trains a language model on texts; run again, it goes on where it was stopped.")
public final class AdaptLmCommand extends AdaptCommand {
    private static final int CHECKPOINT_SECONDS = 180;
    private static final double RANDOM_RATE = 1e-3;
    private static final double CHECKPOINT_RATE = 5e-5;

    @ArgGroup(multiplicity = "1")
    private Origin origin;

    @ArgGroup(multiplicity = "1")
    private Texts texts;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The file of --text is CSV with a header; the texts are in this column of it")
    private String column;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the trained model is written")
    private Path out;

    @Option(names = "--epochs", defaultValue = "10", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(names = "--batch", defaultValue = "64", paramLabel = "N", description = "Texts. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--accumulate", defaultValue = "1", paramLabel = "N", description = "Batches for one step")
    private int accumulate;

    @Option(
            names = "--context",
            defaultValue = "512",
            paramLabel = "N",
            description = "Tokens of a text that are seen at a time, if the model has as many positions. Default:"
                    + " ${DEFAULT-VALUE}")
    private int context;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Highest learning rate; 1e-3 from random weights, else 5e-5")
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
            description = "Share of the different texts that is validated with. Default: ${DEFAULT-VALUE}")
    private double validation;

    @Option(
            names = "--patience",
            defaultValue = "3",
            paramLabel = "N",
            description = "Epochs without a lower validation loss until it stops. Default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--train-blocks",
            paramLabel = "N",
            description = "Train only the last N blocks and what follows them; by default everything is trained")
    private Integer blocks;

    @Option(names = "--threads", paramLabel = "N", description = "Processor threads; by default all")
    private Integer threads;

    @Option(names = "--half", description = "Write the weights in float16")
    private boolean half;

    /** Either of the two. */
    static final class Origin {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "PATH",
                description =
                        "Start from random weights: a config.json, whose tokenizer is learned from the texts, or a"
                                + " folder with one, and with a tokenizer if none is to be learned")
        private Path config;

        @Option(names = "--lm", required = true, paramLabel = "FOLDER", description = "Start from an OPT checkpoint")
        private Path lm;
    }

    /** Either of the two. */
    static final class Texts {
        @Option(
                names = "--text",
                required = true,
                paramLabel = "FILE",
                description = "Texts in UTF-8, one a line, or CSV: see --column")
        private Path file;

        @Option(
                names = "--warehouse",
                required = true,
                paramLabel = "W",
                description = "The captions that blemish truth import has stored")
        private String warehouse;
    }

    @Override
    Optional<String> location() {
        return Optional.ofNullable(texts.warehouse);
    }

    @Override
    Summary plan(JobContext context, Optional<Warehouse> warehouse, TimeWindow window) {
        String source = warehouse.map(Warehouse::toString).orElse("the texts of " + texts.file);
        List<String> read = warehouse.map(chosen -> captions(chosen, window)).orElseGet(() -> read(context));
        return new AdaptLm(options(source), context.terminal()).plan(source + window, read.size());
    }

    @Override
    ExitCode onFile(JobContext context) throws Exception {
        AdaptLmOptions options = options("the texts of " + texts.file.getFileName());
        AdaptLmResult result = new AdaptLm(options, context.terminal()).run(read(context));
        return WarehouseCommand.tell(context.terminal(), result.summary(), result::json);
    }

    private List<String> read(JobContext context) {
        return column == null ? TextSource.lines(texts.file) : TextSource.column(context.spark(), texts.file, column);
    }

    private List<String> captions(Warehouse warehouse, TimeWindow window) {
        if (column != null) {
            throw UserException.cannot("use --column " + column, "it belongs to --text", "Leave it out");
        }
        return TextSource.captions(warehouse, window);
    }

    @Override
    JobRun.Ended onWarehouse(JobContext context, Warehouse warehouse, TimeWindow window) throws Exception {
        AdaptLmOptions options = options("the captions of the warehouse " + warehouse + window);
        List<String> captions = captions(warehouse, window);
        return JobRun.execute(context, warehouse, "adapt-lm", "Training a language model on " + warehouse, run -> {
            run.input(TruthsTable.DEFINITION, warehouse.version(TruthsTable.DEFINITION));
            window.report(run);
            AdaptLmResult result = new AdaptLm(options, context.terminal()).run(captions);
            result.report(run);
            return result.summary();
        });
    }

    private AdaptLmOptions options(String source) {
        boolean random = origin.config != null;
        double highest = rate != null ? rate : random ? RANDOM_RATE : CHECKPOINT_RATE;
        try {
            return new AdaptLmOptions(
                    random
                            ? new TrainingStart(TrainingStart.Kind.RANDOM, origin.config)
                            : new TrainingStart(TrainingStart.Kind.CHECKPOINT, origin.lm),
                    out,
                    new LmTraining(batch, context, seed, validation, blocks == null ? Integer.MAX_VALUE : blocks),
                    new TrainingOptions(
                            epochs,
                            accumulate,
                            highest,
                            warmUp,
                            AdamW.Options.ofLanguageModels(weightDecay),
                            patience,
                            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                            CHECKPOINT_SECONDS),
                    half ? DType.F16 : DType.F32,
                    new TrainingRecipe(source, "bin/blemish " + given()));
        } catch (IllegalArgumentException e) {
            throw UserException.cannot("train a language model", e.getMessage(), "See blemish adapt-lm --help", e);
        }
    }
}

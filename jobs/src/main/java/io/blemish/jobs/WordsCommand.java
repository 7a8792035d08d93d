package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish words}. */
@Command(
        name = "words",
        description =
                "Tells where on the photograph each word of a caption rests, as a heat map for each word; run again, it"
                        + " explains what is not explained yet.")
public final class WordsCommand extends WarehouseCommand {
    @Option(
            names = "--clip",
            required = true,
            paramLabel = "FOLDER",
            description = "The CLIP checkpoint that the captions were made with")
    private Path clip;

    @Option(
            names = "--mapper",
            required = true,
            paramLabel = "FOLDER",
            description = "The mapper that the captions were made with")
    private Path mapper;

    @Option(
            names = "--lm",
            required = true,
            paramLabel = "FOLDER",
            description = "The language model that the captions were made with")
    private Path languageModel;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Of images whose inspection meets a condition, for example \"severity = 'severe'\"")
    private String where;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, bf16, fp16, or auto for that of the inspections")
    private String precision;

    @Option(names = "--device", paramLabel = "D", description = "cpu, gpu or auto")
    private String device;

    @Option(names = "--take-over", description = "Take the work from another run, which must be dead")
    private boolean takeOver;

    @Mixin
    private TimeWindowOptions time;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--precision", Keys.PRECISION, precision);
        set(configuration, "--device", Keys.DEVICE, device);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return explain(context, warehouse, options(context, warehouse));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "words");
        return new Plan("words", new Words(warehouse, options(context, warehouse), rehearsal, owner -> false).plan());
    }

    private WordsOptions options(JobContext context, Warehouse warehouse) {
        return WordsOptions.of(
                        context.spark(),
                        context.configuration(),
                        clip,
                        CaptionOptions.of(context.configuration(), mapper, languageModel)
                                .orElseThrow(),
                        Optional.ofNullable(where),
                        InspectCommand.takeOver(warehouse, takeOver))
                .within(time.window());
    }

    /** Explains as a run of its own. */
    static JobRun.Ended explain(JobContext context, Warehouse warehouse, WordsOptions options) throws Exception {
        Claim.Owners owners = Claim.Owners.of(context, warehouse);
        return JobRun.execute(context, warehouse, "words", "Explaining the words of captions of " + warehouse, run -> {
            WordsResult result = new Words(warehouse, options, run, owners).run();
            result.report(run);
            return result.summary(warehouse.toString());
        });
    }
}

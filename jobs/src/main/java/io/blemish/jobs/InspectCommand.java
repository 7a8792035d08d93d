package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish inspect}. */
@Command(
        name = "inspect",
        description = "Labels and explains every image that is not inspected yet; run again, it does what is left.")
public final class InspectCommand extends WarehouseCommand {
    @Option(
            names = "--clip",
            required = true,
            paramLabel = "FOLDER",
            description = "CLIP checkpoint: config.json, weights, tokenizer files")
    private Path clip;

    @Option(
            names = "--knowledge",
            required = true,
            paramLabel = "FILE",
            description = "Descriptions to choose from: YAML, or a plain list of prompts (.txt)")
    private Path knowledge;

    @Option(
            names = "--mapper",
            paramLabel = "FOLDER",
            description = "Write captions: the mapper that makes prefixes of embeddings; needs --lm")
    private Path mapper;

    @Option(
            names = "--lm",
            paramLabel = "FOLDER",
            description = "The language model that the mapper was trained for: OPT or GPT-2 from Hugging Face")
    private Path languageModel;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Descriptions kept for each image, each with its heat map")
    private String topK;

    @Option(names = "--methods", paramLabel = "relevance,…", description = "Heat maps: relevance, gradcam, clipcap-xai")
    private String methods;

    @Option(names = "--precision", paramLabel = "P", description = "fp32, bf16, fp16 or auto")
    private String precision;

    @Option(names = "--device", paramLabel = "D", description = "cpu, gpu or auto")
    private String device;

    @Option(
            names = "--max-failed",
            paramLabel = "SHARE",
            description = "Exit with 3 when a larger share of the images fails")
    private String maxFailed;

    @Option(
            names = "--tiles",
            paramLabel = "WHICH",
            description = "Draw the heat maps of all or defective images afterwards, or of none")
    private String tiles;

    @Option(names = "--redo", description = "Delete what was inspected with these models, and inspect everything again")
    private boolean redo;

    @Option(names = "--take-over", description = "Take the work from another run, which must be dead")
    private boolean takeOver;

    @Mixin
    private TimeWindowOptions time;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--top-k", Keys.LABEL_TOP_K, topK);
        set(configuration, "--methods", Keys.HEATMAP_METHODS, methods);
        set(configuration, "--precision", Keys.PRECISION, precision);
        set(configuration, "--device", Keys.DEVICE, device);
        set(configuration, "--max-failed", Keys.INSPECT_MAX_FAILED, maxFailed);
        set(configuration, "--tiles", Keys.TILES_WRITE, tiles);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        JobRun.Ended inspected = inspect(context, warehouse, options(context, warehouse));
        drawTiles(context, warehouse);
        return inspected;
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "inspect");
        return new Plan(
                "inspect", new Inspect(warehouse, options(context, warehouse), rehearsal, owner -> false).plan());
    }

    private InspectOptions options(JobContext context, Warehouse warehouse) {
        return InspectOptions.of(
                        context.spark(),
                        context.configuration(),
                        clip,
                        knowledge,
                        CaptionOptions.of(context.configuration(), mapper, languageModel),
                        redo ? InspectOptions.Redo.EVERYTHING : InspectOptions.Redo.NOTHING,
                        takeOver(warehouse, takeOver))
                .within(time.window());
    }

    /** Inspects as a run of its own. */
    static JobRun.Ended inspect(JobContext context, Warehouse warehouse, InspectOptions options) throws Exception {
        Claim.Owners owners = Claim.Owners.of(context, warehouse);
        String description =
                "Inspecting the images of " + warehouse + " with " + options.clip() + " and " + options.knowledge();
        return JobRun.execute(context, warehouse, "inspect", description, run -> {
            InspectResult result = new Inspect(warehouse, options, run, owners).run();
            result.report(run);
            return result.summary(warehouse.toString(), context.configuration().value(Keys.INSPECT_MAX_FAILED));
        });
    }

    /** The tiles of what is inspected are drawn by a run of their own; the answer stays that of the inspection. */
    private void drawTiles(JobContext context, Warehouse warehouse) throws Exception {
        TilesOptions.Which which = TilesOptions.Which.valueOf(
                context.configuration().value(Keys.TILES_WRITE).toUpperCase(Locale.ROOT));
        if (which != TilesOptions.Which.NONE) {
            TilesOptions options = TilesOptions.of(
                            context.configuration(), which, Optional.empty(), takeOver(warehouse, takeOver))
                    .within(time.window());
            context.terminal()
                    .tell(TilesCommand.draw(context, warehouse, options)
                            .summary()
                            .text());
        }
    }

    /** The lock that a command holds on a local warehouse proves that whoever held a claim is gone. */
    static Claim.TakeOver takeOver(Warehouse warehouse, boolean asked) {
        return asked || warehouse.keepsOthersOut() ? Claim.TakeOver.ALWAYS : Claim.TakeOver.WHEN_STALE;
    }
}

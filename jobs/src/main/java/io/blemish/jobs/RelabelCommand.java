package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish relabel}. */
@Command(
        name = "relabel",
        description =
                "Labels every inspected image anew, with another knowledge base, from its stored embedding: no photograph is"
                        + " opened. Tells what changed; run again, it does what is left.",
        footer = {
            "",
            "For example, to see first how many there are:",
            "  bin/blemish relabel --warehouse warehouse/ --clip clip-vit-base-patch32/ --knowledge fruit-2.yaml --dry-run"
        })
public final class RelabelCommand extends WarehouseCommand {
    @Option(
            names = "--clip",
            required = true,
            paramLabel = "FOLDER",
            description = "The CLIP checkpoint that the images were inspected with")
    private Path clip;

    @Option(
            names = "--knowledge",
            required = true,
            paramLabel = "FILE",
            description = "The new descriptions: YAML, or a plain list of prompts (.txt)")
    private Path knowledge;

    @Option(
            names = "--mapper",
            paramLabel = "FOLDER",
            description =
                    "Write captions anew, instead of keeping them: the mapper that makes prefixes of embeddings; needs --lm")
    private Path mapper;

    @Option(
            names = "--lm",
            paramLabel = "FOLDER",
            description = "The language model that the mapper was trained for: OPT or GPT-2 from Hugging Face")
    private Path languageModel;

    @Option(names = "--top-k", paramLabel = "K", description = "Descriptions kept for each image")
    private String topK;

    @Option(
            names = "--against",
            paramLabel = "KB",
            description =
                    "The knowledge base to compare with: its kb_id, the beginning of it, or its name; by default the other one"
                            + " that was used last with this encoder")
    private String against;

    @Mixin
    private TimeWindowOptions time;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, bf16, fp16, or auto for that of the inspections")
    private String precision;

    @Option(names = "--device", paramLabel = "D", description = "Where captions are written: cpu, gpu or auto")
    private String device;

    @Option(names = "--redo", description = "Delete what relabel has made with this knowledge base, and make it anew")
    private boolean redo;

    @Option(names = "--take-over", description = "Take the work from another run, which must be dead")
    private boolean takeOver;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--top-k", Keys.LABEL_TOP_K, topK);
        set(configuration, "--precision", Keys.PRECISION, precision);
        set(configuration, "--device", Keys.DEVICE, device);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return relabel(context, warehouse, options(context, InspectCommand.takeOver(warehouse, takeOver)));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        return new Relabel(warehouse, options(context, Claim.TakeOver.WHEN_STALE)).plan();
    }

    private RelabelOptions options(JobContext context, Claim.TakeOver taking) {
        InspectOptions inspection = InspectOptions.of(
                context.spark(),
                context.configuration(),
                clip,
                knowledge,
                CaptionOptions.of(context.configuration(), mapper, languageModel),
                redo ? InspectOptions.Redo.EVERYTHING : InspectOptions.Redo.NOTHING,
                taking);
        return RelabelOptions.of(context.configuration(), inspection, time.window(), Optional.ofNullable(against));
    }

    /** Relabels as a run of its own. */
    static JobRun.Ended relabel(JobContext context, Warehouse warehouse, RelabelOptions options) throws Exception {
        Claim.Owners owners = Claim.Owners.of(context, warehouse);
        String description = "Relabelling the images of " + warehouse + " with "
                + options.inspection().knowledge();
        return JobRun.execute(context, warehouse, "relabel", description, run -> {
            RelabelResult result = new Relabel(warehouse, options).run(run, owners);
            result.report(run);
            return result.summary(warehouse.toString());
        });
    }
}

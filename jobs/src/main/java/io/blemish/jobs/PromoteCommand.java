package io.blemish.jobs;

import io.blemish.jobs.release.Wanted;
import io.blemish.tables.Warehouse;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish promote}. */
@Command(
        name = "promote",
        description =
                "Says what counts from now on: whose inspections the views current_inspections, failures and worst_lots, trends and"
                        + " report show.",
        footer = {
            "",
            "Examples:",
            "  bin/blemish promote --warehouse W --encoder clip-vit-base-patch32 --knowledge fruit",
            "  bin/blemish promote --warehouse W --encoder 1f0c --knowledge 77ab --captioner none --dry-run"
        })
public final class PromoteCommand extends WarehouseCommand {
    @Option(
            names = "--encoder",
            paramLabel = "NAME|ID",
            description =
                    "Name of the CLIP checkpoint, or the beginning of an encoder_id; needed where there are several")
    private String encoder;

    @Option(
            names = "--knowledge",
            paramLabel = "NAME|ID",
            description = "Name of the knowledge base, or the beginning of a kb_id; needed where there are several")
    private String knowledge;

    @Option(
            names = "--captioner",
            paramLabel = "NAME|ID",
            description =
                    "Name of the mapper, the beginning of a captioner_id, or none; by default the one that worked last")
    private String captioner;

    @Option(names = "--author", paramLabel = "NAME", description = "Who promotes; by default the user of this machine")
    private String author = System.getProperty("user.name", "unknown");

    private PromoteOptions options() {
        Wanted wanted = new Wanted(
                Optional.ofNullable(encoder), Optional.ofNullable(knowledge), Optional.ofNullable(captioner));
        return new PromoteOptions(wanted, author);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return JobRun.execute(context, warehouse, "promote", "Promoting a release of " + warehouse, run -> {
            PromoteResult result = new Promote(warehouse, options()).run(run);
            run.count("promoted", result.promoted());
            return result.summary(warehouse.toString());
        });
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        return new Plan("promote", new Promote(warehouse, options()).plan().summary(warehouse.toString()));
    }
}

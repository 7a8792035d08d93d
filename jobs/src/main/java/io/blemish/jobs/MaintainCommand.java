package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish maintain}. */
@Command(
        name = "maintain",
        description =
                "Keeps the tables fast and small, and checks them: small files are put together, inspections clustered by time,"
                        + " site, product and defect, old files deleted. No row is changed.",
        footer = {
            "",
            "It exits with 3 when a check finds that a table does not hold what it promises.",
            "",
            "  bin/blemish maintain --warehouse W",
            "  bin/blemish maintain --warehouse W --only checks",
            "  bin/blemish maintain --warehouse W --retention 7d --dry-run"
        })
public final class MaintainCommand extends WarehouseCommand {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "TASK",
            description = "Some of optimize, vacuum, checks; by default all")
    private Set<MaintainOptions.Task> tasks = EnumSet.noneOf(MaintainOptions.Task.class);

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            description =
                    "Keep what versions younger than this consist of, for example 30d; refused while a run that is older works")
    private String retention;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--retention", Keys.MAINTAIN_RETENTION, retention);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        MaintainOptions options = MaintainOptions.of(context.configuration(), tasks);
        return JobRun.execute(context, warehouse, "maintain", "Maintaining " + warehouse, run -> {
            MaintainResult result = new Maintain(warehouse, options).run(run);
            result.report(run);
            context.terminal().tell(result.text());
            return result.summary(warehouse.toString());
        });
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        MaintainOptions options = MaintainOptions.of(context.configuration(), tasks);
        return new Plan("maintain", new Maintain(warehouse, options).plan());
    }
}

package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish trends}. */
@Command(
        name = "trends",
        description =
                "Counts defects by day and place, and says which rise or fall: brings the table defect_trends up to date. Of the"
                        + " release that was promoted, or the only encoder and knowledge base there is.",
        footer = {
            "",
            "Examples:",
            "  bin/blemish trends --warehouse W",
            "  bin/blemish trends --warehouse W --since 2025-03-01 --by product,site,line,lot"
        })
public final class TrendsCommand extends WarehouseCommand {
    @Option(
            names = "--by",
            paramLabel = "COLUMNS",
            description =
                    "What tells series apart: some of product, site, line, lot; trends are computed for each subset of"
                            + " them, rows of others are removed")
    private String by;

    @Mixin
    private TimeWindowOptions time = new TimeWindowOptions();

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--by", Keys.TRENDS_BY, by);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return trends(context, warehouse, TrendsOptions.of(context.configuration(), time.window()));
    }

    /** Computes trends as a run of its own. */
    static JobRun.Ended trends(JobContext context, Warehouse warehouse, TrendsOptions options) throws Exception {
        return JobRun.execute(context, warehouse, "trends", "Computing the trends of " + warehouse, run -> {
            TrendsResult result = new Trends(warehouse, options).run(run);
            result.report(run);
            return result.summary("Brought the trends of " + warehouse + " up to date", warehouse.toString());
        });
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        TrendsOptions options = TrendsOptions.of(context.configuration(), time.window());
        TrendsResult result = new Trends(warehouse, options).plan();
        return new Plan(
                "trends",
                result.summary("Would bring the trends of " + warehouse + " up to date", warehouse.toString()));
    }
}

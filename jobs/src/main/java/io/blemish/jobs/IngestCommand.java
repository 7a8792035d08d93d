package io.blemish.jobs;

import io.blemish.jobs.ingest.ContentPolicy;
import io.blemish.jobs.ingest.Layout;
import io.blemish.tables.Warehouse;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish ingest}. */
@Command(
        name = "ingest",
        description = "Takes photographs into the tables files and images; run again, it takes in what is new.")
public final class IngestCommand extends WarehouseCommand {
    @Option(
            names = "--from",
            paramLabel = "DIR|GLOB|URI",
            description = "Where the photographs are; with --manifest, what its names are relative to")
    private String from;

    @Option(
            names = "--layout",
            paramLabel = "REGEX",
            description =
                    "What the parts of a path mean, by named groups: product, site, line, lot, truth, captured_at, or"
                            + " any other name")
    private String layout;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Take the files that this CSV, JSON Lines or Parquet file names, with what it says of them")
    private String manifest;

    @Option(names = "--include", paramLabel = "jpg,png,…", description = "Extensions of photographs")
    private String include;

    @Option(
            names = "--max-rejected",
            paramLabel = "SHARE",
            description = "Exit with 3 when a larger share of the files is rejected")
    private String maxRejected;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only files that were last changed then or later: a date, which begins at 00:00 UTC, or an instant such as"
                            + " 2025-03-01T06:00:00Z. Files that were taken in before are left alone anyway")
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only files that were last changed before then: a date or an instant, itself not included")
    private String until;

    @ArgGroup
    private Policy policy;

    /** Whether the bytes are copied; by default, from a local disk. */
    static final class Policy {
        @Option(names = "--copy", description = "Copy the photographs' bytes into the table images")
        private boolean copy;

        @Option(names = "--by-reference", description = "Leave the photographs where they are")
        private boolean reference;
    }

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--include", Keys.INGEST_INCLUDE, include);
        set(configuration, "--max-rejected", Keys.INGEST_MAX_REJECTED, maxRejected);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return ingest(context, warehouse, options(context));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "ingest");
        return new Plan("ingest", new Ingest(warehouse, options(context), rehearsal).plan());
    }

    private IngestOptions options(JobContext context) {
        return IngestOptions.of(
                        context.configuration(),
                        Optional.ofNullable(from),
                        Optional.ofNullable(layout).map(Layout::parse),
                        Optional.ofNullable(manifest),
                        contentPolicy())
                .within(TimeWindow.of(Optional.ofNullable(since), Optional.ofNullable(until)));
    }

    /** Ingests as a run of its own. */
    static JobRun.Ended ingest(JobContext context, Warehouse warehouse, IngestOptions options) throws Exception {
        String description = "Ingesting " + options.source() + " into " + warehouse;
        return JobRun.execute(context, warehouse, "ingest", description, run -> {
            IngestResult result = new Ingest(warehouse, options, run).run();
            result.report(run);
            return result.summary(options.source(), warehouse.toString(), options.maxRejected());
        });
    }

    private ContentPolicy contentPolicy() {
        if (policy == null) {
            return ContentPolicy.BY_PLACE;
        }
        if (policy.reference) {
            return ContentPolicy.BY_REFERENCE;
        }
        return policy.copy ? ContentPolicy.COPY : ContentPolicy.BY_PLACE;
    }
}

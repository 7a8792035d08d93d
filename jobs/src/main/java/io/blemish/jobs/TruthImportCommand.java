package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.tables.Warehouse;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code blemish truth import}. */
@Command(
        name = "import",
        description = "Takes in what people say about images; run again with the same list, it adds nothing.")
public final class TruthImportCommand extends WarehouseCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "CSV with a header, JSON Lines or Parquet: image, kind (label, severity, caption, mask), value,"
                            + " and, where needed, mask_uri, mask_colour, source, author, stated_at")
    private String file;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "What relative names of images are relative to; by default the list's folder")
    private String from;

    @Option(
            names = "--mask-colour",
            paramLabel = "RRGGBB",
            description = "Only pixels of this colour count in masks; by default all that are not black")
    private String maskColour;

    @Option(
            names = "--from-layout",
            description = "Instead of a list: the labels that ingest took from the group truth of its --layout")
    private boolean fromLayout;

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return importing(context, warehouse, options(context));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "truth import");
        return new Plan("truth import", new TruthImport(warehouse, options(context), rehearsal).plan());
    }

    private TruthImportOptions options(JobContext context) {
        if (fromLayout == (file != null)) {
            throw UserException.cannot(
                    "import truths",
                    fromLayout ? "both a list and --from-layout are given" : "nothing is named",
                    "Name a list, or give --from-layout");
        }
        return TruthImportOptions.of(
                context.configuration(),
                Optional.ofNullable(file),
                Optional.ofNullable(from),
                Optional.ofNullable(maskColour));
    }

    /** Imports as a run of its own. */
    static JobRun.Ended importing(JobContext context, Warehouse warehouse, TruthImportOptions options)
            throws Exception {
        String description = "Importing truths from " + options.origin() + " into " + warehouse;
        return JobRun.execute(context, warehouse, "truth import", description, run -> {
            TruthImportResult result = new TruthImport(warehouse, options, run).run();
            result.report(run);
            return result.summary(options.origin(), warehouse.toString());
        });
    }
}

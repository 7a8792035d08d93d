package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish report}. */
@Command(
        name = "report",
        description = "Writes what was found as pages: index.html, and one for each defect that has trends.")
public final class ReportCommand extends WarehouseCommand {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to put the pages")
    private Path out;

    @Option(
            names = "--encoder",
            paramLabel = "NAME|ID",
            description = "Whose inspections, where there are those of several")
    private String encoder;

    @Option(
            names = "--knowledge",
            paramLabel = "NAME|ID",
            description = "By which knowledge base, where there are several")
    private String knowledge;

    @Option(names = "--gallery", paramLabel = "N", description = "Photographs shown at most")
    private String gallery;

    @Mixin
    private TimeWindowOptions time;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--gallery", Keys.REPORT_GALLERY, gallery);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return report(context, warehouse, options(context));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "report");
        return new Plan("report", new Report(warehouse, options(context), rehearsal).plan());
    }

    private ReportOptions options(JobContext context) {
        return ReportOptions.of(
                        context.configuration(), out, Optional.ofNullable(encoder), Optional.ofNullable(knowledge))
                .within(time.window());
    }

    /** Reports as a run of its own. */
    static JobRun.Ended report(JobContext context, Warehouse warehouse, ReportOptions options) throws Exception {
        return JobRun.execute(context, warehouse, "report", "Reporting on " + warehouse, run -> {
            ReportResult result = new Report(warehouse, options, run).run();
            result.report(run);
            return result.summary(warehouse.toString());
        });
    }
}

package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.jobs.report.Findings;
import io.blemish.jobs.report.Page;
import io.blemish.jobs.report.ReportFolder;
import io.blemish.jobs.report.Subject;
import io.blemish.jobs.report.Subjects;
import io.blemish.jobs.report.Survey;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes pages that tell what one encoder and one knowledge base found in a warehouse: {@code index.html}, and where
 * trends are computed one for each defect. Each has everything that it needs inside.
 */
public final class Report {
    private final Warehouse warehouse;
    private final ReportOptions options;
    private final JobRun run;

    /** A report on the warehouse, as part of the run. */
    public Report(Warehouse warehouse, ReportOptions options, JobRun run) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
    }

    /** The inspections that are reported on. */
    public Dataset<Row> inspections() {
        return survey().inspections();
    }

    /**
     * Writes the pages.
     *
     * @throws UserException when nothing is inspected yet, when several encoders or knowledge bases may be meant, and
     *     when a page cannot be written
     */
    public ReportResult run() {
        Survey survey = survey();
        Findings findings;
        try (JobRun.Stage stage = run.stage("survey")) {
            findings = survey.findings(options.extent());
        }
        ReportFolder folder = new ReportFolder(options.out(), run.id());
        try (JobRun.Stage stage = run.stage("write")) {
            List<Page> pages = Page.of(findings);
            long bytes = folder.write(pages);
            return new ReportResult(
                    folder.index(), findings.inspected(), findings.shown(), findings.rising(), pages.size(), bytes);
        } catch (IOException e) {
            throw UserException.cannot(
                    "write the report " + folder.index(),
                    e.toString(),
                    "Name a folder that can be written to with --out",
                    e);
        }
    }

    /** What {@link #run} would show. */
    public Summary plan() {
        return Summary.titled("Would report on " + warehouse + options.window() + " in "
                        + new ReportFolder(options.out(), run.id()).index())
                .with("inspections", inspections().count(), "");
    }

    private Survey survey() {
        warehouse.require("Run blemish inspect first", ImagesTable.DEFINITION, InspectionsTable.DEFINITION);
        Subject subject = Subjects.choose(warehouse, options.encoder(), options.knowledge());
        long version = warehouse.version(InspectionsTable.DEFINITION);
        run.input(InspectionsTable.DEFINITION, version);
        run.identify("encoder_id", subject.encoderId());
        run.identify("captioner_id", subject.captionerId());
        run.identify("kb_id", subject.base().id());
        options.window().report(run);
        return new Survey(warehouse, subject, version, options.window());
    }
}

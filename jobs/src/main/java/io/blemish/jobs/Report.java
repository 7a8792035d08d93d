package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.jobs.report.Findings;
import io.blemish.jobs.report.Page;
import io.blemish.jobs.report.Subject;
import io.blemish.jobs.report.Subjects;
import io.blemish.jobs.report.Survey;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes a page that tells what one encoder and one knowledge base found in a warehouse: {@code index.html}, with
 * everything that it needs inside. The page appears whole or not at all, in the place of an older one.
 */
public final class Report {
    /** Name of the page. */
    static final String PAGE = "index.html";

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
     * Writes the page.
     *
     * @throws UserException when nothing is inspected yet, when several encoders or knowledge bases may be meant, and
     *     when the page cannot be written
     */
    public ReportResult run() {
        Survey survey = survey();
        Findings findings;
        try (JobRun.Stage stage = run.stage("survey")) {
            findings = survey.findings(options.gallery(), options.limits());
        }
        Path page = options.out().resolve(PAGE);
        try (JobRun.Stage stage = run.stage("write")) {
            return new ReportResult(page, findings.inspected(), findings.shown(), write(findings, page));
        } catch (IOException e) {
            throw UserException.cannot(
                    "write the report " + page, e.toString(), "Name a folder that can be written to with --out", e);
        }
    }

    /** What {@link #run} would show. */
    public Summary plan() {
        return Summary.titled("Would report on " + warehouse + options.window() + " in "
                        + options.out().resolve(PAGE))
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

    private long write(Findings findings, Path page) throws IOException {
        Files.createDirectories(page.getParent());
        Path draft = page.resolveSibling("." + run.id() + ".html");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                Page.write(findings, writer);
            }
            Files.move(draft, page, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return Files.size(page);
    }
}

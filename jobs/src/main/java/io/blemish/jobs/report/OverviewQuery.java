package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.blemish.jobs.TimeWindow;
import io.blemish.jobs.report.Overview.Files;
import io.blemish.jobs.report.Overview.Period;
import io.blemish.jobs.report.Overview.Run;
import io.blemish.knowledge.Labeller;
import io.blemish.knowledge.SeverityBand;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts what an {@link Overview} tells. */
final class OverviewQuery {
    private final Warehouse warehouse;
    private final Subject subject;
    private final TimeWindow window;

    OverviewQuery(Warehouse warehouse, Subject subject, TimeWindow window) {
        this.warehouse = warehouse;
        this.subject = subject;
        this.window = window;
    }

    /**
     * The overview.
     *
     * @param inspections those of the subject
     */
    Overview overview(Dataset<Row> inspections, Cells cells) {
        Row totals = cells.all()
                .agg(
                        Cells.images(col("status").equalTo(InspectionsTable.OK)),
                        Cells.images(col("status").equalTo(InspectionsTable.FAILED)),
                        Cells.images(col("defective")),
                        Cells.images(col("verdict").equalTo(Labeller.REVIEW)))
                .first();
        return new Overview(
                window.of(warehouse.read(ImagesTable.DEFINITION), "captured_at").count(),
                totals.getLong(0),
                totals.getLong(1),
                totals.getLong(2),
                totals.getLong(3),
                captured(inspections),
                Cells.by("verdict", cells.inspected()),
                bySeverity(cells),
                Cells.by("error_code", cells.all()),
                files(),
                runs());
    }

    private static Optional<Period> captured(Dataset<Row> inspections) {
        Row period = inspections.agg(min("captured_at"), max("captured_at")).first();
        return period.isNullAt(0)
                ? Optional.empty()
                : Optional.of(new Period(period.getInstant(0), period.getInstant(1)));
    }

    private List<Count> bySeverity(Cells cells) {
        List<String> scale = severities(subject);
        List<Count> counts = new ArrayList<>(Cells.by("severity", cells.defective()));
        counts.sort(Comparator.comparingInt(each -> scale.indexOf(each.name())));
        return counts;
    }

    /** The subject's severity bands, most severe first. */
    static List<String> severities(Subject subject) {
        return subject.base().bands().bands().stream().map(SeverityBand::name).toList();
    }

    /** Each version of a file by what became of it last: some are tried again by every ingest. */
    private Files files() {
        if (!warehouse.exists(FilesTable.DEFINITION)) {
            return new Files(0, List.of());
        }
        List<Row> outcomes = window.of(warehouse.read(FilesTable.DEFINITION), "captured_at")
                .groupBy("uri", "length", "modified_at")
                .agg(max_by(struct("status", "reject_code"), col("ingested_at")).as("last"))
                .groupBy("last.status", "last.reject_code")
                .agg(count(lit(1)).as("files"))
                .orderBy(col("files").desc(), col("reject_code"))
                .collectAsList();
        long ok = 0;
        List<Count> rejections = new ArrayList<>();
        for (Row outcome : outcomes) {
            if (outcome.getString(0).equals(FilesTable.OK)) {
                ok += outcome.getLong(2);
            } else {
                rejections.add(new Count(outcome.getString(1), outcome.getLong(2)));
            }
        }
        return new Files(ok, rejections);
    }

    /** The newest finished run of each job that did something, in the order in which they ended. */
    private List<Run> runs() {
        if (!warehouse.exists(RunsTable.DEFINITION)) {
            return List.of();
        }
        List<Run> runs = new ArrayList<>();
        for (Row row : warehouse
                .read(RunsTable.DEFINITION)
                .where(col("state")
                        .equalTo("finished")
                        .and(col("images_per_second").isNotNull()))
                .where(ofSubject())
                .groupBy("job")
                .agg(max_by(struct("at", "images_per_second", "host"), col("at"))
                        .as("last"))
                .select("job", "last.*")
                .orderBy("at")
                .collectAsList()) {
            runs.add(run(row));
        }
        return runs;
    }

    /** A run of the subject, or one that has to do with no encoder, such as an ingest. */
    private Column ofSubject() {
        return isNullOr("encoder_id", subject.encoderId())
                .and(isNullOr("kb_id", subject.base().id()));
    }

    private static Column isNullOr(String name, String id) {
        Column found = element_at(col("ids"), name);
        return found.isNull().or(found.equalTo(id));
    }

    private static Run run(Row row) {
        Map<String, String> host = row.getJavaMap(row.fieldIndex("host"));
        return new Run(
                row.getAs("job"), row.getAs("at"), row.getAs("images_per_second"), String.join(", ", machine(host)));
    }

    private static List<String> machine(Map<String, String> host) {
        List<String> facts = new ArrayList<>();
        Optional.ofNullable(host.get("task_slots")).ifPresent(slots -> facts.add(slots + " task slots"));
        Optional.ofNullable(host.get("arch")).ifPresent(facts::add);
        Optional.ofNullable(host.get("spark")).ifPresent(spark -> facts.add("Spark " + spark));
        Optional.ofNullable(host.get("java")).ifPresent(facts::add);
        return facts;
    }
}

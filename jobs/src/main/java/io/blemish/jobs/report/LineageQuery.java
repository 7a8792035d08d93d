package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.blemish.jobs.report.Lineage.JobRun;
import io.blemish.jobs.report.Lineage.Promotion;
import io.blemish.jobs.report.Lineage.TableVersion;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.ReleasesTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Asks what the figures of a report come from. */
final class LineageQuery {
    private static final List<TableDefinition> READ = List.of(
            ImagesTable.DEFINITION,
            TilesTable.DEFINITION,
            TruthsTable.DEFINITION,
            EvaluationsTable.DEFINITION,
            DefectTrendsTable.DEFINITION);

    private static final String NO_CAPTIONER = "none";

    private final Warehouse warehouse;
    private final Subject subject;

    LineageQuery(Warehouse warehouse, Subject subject) {
        this.warehouse = warehouse;
        this.subject = subject;
    }

    /**
     * The answer.
     *
     * @param inspections version of that table that was read
     */
    Lineage lineage(long inspections) {
        return new Lineage(captioner(), promotion(), tables(inspections), runs());
    }

    private Optional<String> captioner() {
        return subject.captionerId().equals(NO_CAPTIONER)
                ? Optional.empty()
                : Optional.of(warehouse.only(BundlesTable.DEFINITION, "bundle_id", subject.captionerId(), "name"));
    }

    private Optional<Promotion> promotion() {
        if (!warehouse.exists(ReleasesTable.DEFINITION)) {
            return Optional.empty();
        }
        return warehouse
                .read(ReleasesTable.DEFINITION)
                .where(col("encoder_id")
                        .equalTo(subject.encoderId())
                        .and(col("kb_id").equalTo(subject.base().id())))
                .orderBy(col("promoted_at").desc())
                .select("promoted_at", "author")
                .limit(1)
                .collectAsList()
                .stream()
                .findFirst()
                .map(row -> new Promotion(row.getInstant(0), row.getString(1)));
    }

    private List<TableVersion> tables(long inspections) {
        List<TableVersion> tables = new ArrayList<>();
        tables.add(new TableVersion(InspectionsTable.NAME, inspections));
        for (TableDefinition table : READ) {
            if (warehouse.exists(table)) {
                tables.add(new TableVersion(table.name(), warehouse.version(table)));
            }
        }
        return tables;
    }

    private List<JobRun> runs() {
        List<JobRun> runs = new ArrayList<>();
        if (warehouse.exists(RunsTable.DEFINITION)) {
            for (Row row : warehouse
                    .read(RunsTable.DEFINITION)
                    .where(col("state").equalTo("finished"))
                    .groupBy("job")
                    .agg(max_by(struct("run_id", "at"), col("at")).as("last"))
                    .select("job", "last.*")
                    .orderBy("at")
                    .collectAsList()) {
                runs.add(new JobRun(row.getString(0), row.getString(1), row.getInstant(2)));
            }
        }
        return runs;
    }
}

package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.error.UserException;
import io.blemish.jobs.maintain.OldFiles;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Removes images from every table that knows them: first from {@code images}, so that nothing new is made of them, last
 * from {@code files}. A run that is killed is finished by running it again.
 *
 * <p>Deletes rewrite whole files without the rows, so the newest version of each table has nothing of the images any
 * more. Older versions have, until their files are deleted.
 */
public final class Forget {
    /** What knows images, in the order in which they are forgotten. */
    static final List<TableDefinition> TABLES = List.of(
            ImagesTable.DEFINITION,
            InspectionsTable.DEFINITION,
            TilesTable.DEFINITION,
            CaptionWordsTable.DEFINITION,
            TruthsTable.DEFINITION,
            FilesTable.DEFINITION);

    private static final String IMAGE_ID = "image_id";

    private final Warehouse warehouse;
    private final ForgetOptions options;

    /** The images of the options, in a warehouse. */
    public Forget(Warehouse warehouse, ForgetOptions options) {
        this.warehouse = warehouse;
        this.options = options;
    }

    /**
     * Forgets.
     *
     * @throws UserException when a run is at work, which might bring an image back, or no table knows any of the images
     */
    public ForgetResult run(JobRun run) {
        requireQuiet(run.id());
        ForgetResult known = plan();
        for (TableDefinition table : tables()) {
            try (JobRun.Stage stage = run.stage("delete")) {
                delete(table, run.id());
            }
        }
        if (options.purge() == ForgetOptions.Purge.LATER) {
            return known;
        }
        try (JobRun.Stage stage = run.stage("purge")) {
            OldFiles old = new OldFiles(warehouse, Duration.ZERO);
            long files = tables().stream().mapToLong(old::delete).sum();
            return new ForgetResult(
                    known.asked(),
                    known.unknown(),
                    known.rows(),
                    known.photographs(),
                    known.example(),
                    OptionalLong.of(files));
        }
    }

    /** What {@link #run} would delete; nothing is deleted yet. */
    public ForgetResult plan() {
        warehouse.require("Name another warehouse with --warehouse", ImagesTable.DEFINITION);
        Map<String, Long> rows = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        for (TableDefinition table : tables()) {
            long count = 0;
            for (Row row : theirs(table).groupBy(IMAGE_ID).count().collectAsList()) {
                known.add(row.getString(0));
                count += row.getLong(1);
            }
            rows.put(table.name(), count);
        }
        if (known.isEmpty() && options.purge() == ForgetOptions.Purge.LATER) {
            throw UserException.cannot(
                    "forget images of " + warehouse,
                    "no table knows any of them",
                    "Name others, or add --purge to delete what older versions hold of them");
        }
        List<String> photographs = photographs();
        return new ForgetResult(
                options.imageIds().size(),
                options.imageIds().size() - known.size(),
                rows,
                photographs.size(),
                photographs.stream().findFirst(),
                OptionalLong.empty());
    }

    private void requireQuiet(String runId) {
        if (!warehouse.exists(RunsTable.DEFINITION)) {
            return;
        }
        for (RunHeartbeats.Living other : new RunHeartbeats(warehouse).living(options.staleAfter())) {
            if (!other.runId().equals(runId)) {
                throw UserException.cannot(
                        "forget images of " + warehouse,
                        "run " + other.runId() + " (" + other.job() + ") is at work and might bring them back",
                        "Wait until it has ended, or, if it is dead, until runs.stale-after has passed");
            }
        }
    }

    private void delete(TableDefinition table, String runId) {
        if (theirs(table).isEmpty()) {
            return;
        }
        if (!table.equals(ImagesTable.DEFINITION)) {
            warehouse.change(table, runId, Map.of()).delete(theirs());
            return;
        }
        // Part by part: a delete may put the rest of several files into one, and a file of images holds one part alone.
        for (Row part : theirs(table).select("part").distinct().collectAsList()) {
            warehouse
                    .change(table, runId, Map.of())
                    .delete(col("part").equalTo(lit(part.getLong(0))).and(theirs()));
        }
    }

    private List<String> photographs() {
        if (!warehouse.exists(FilesTable.DEFINITION)) {
            return List.of();
        }
        return theirs(FilesTable.DEFINITION).select("uri").distinct().orderBy("uri").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private Dataset<Row> theirs(TableDefinition table) {
        return warehouse.read(table).where(theirs());
    }

    private Column theirs() {
        return col(IMAGE_ID).isInCollection(options.imageIds());
    }

    private List<TableDefinition> tables() {
        return TABLES.stream().filter(warehouse::exists).toList();
    }
}

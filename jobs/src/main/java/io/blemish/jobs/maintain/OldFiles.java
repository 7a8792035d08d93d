package io.blemish.jobs.maintain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import io.blemish.error.UserException;
import io.blemish.jobs.RunHeartbeats.Living;
import io.blemish.tables.Identifiers;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import io.delta.tables.DeltaTable;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Console;

/**
 * Files that older versions of a table consist of, and what failed writes have left behind.
 *
 * <p>A file may be deleted once every version that has it went out of date longer ago than the retention. A run reads
 * versions that were current after it began, or the one that it has pinned: while it works, those stay whole.
 */
public final class OldFiles {
    /** It knows the table's retention alone, and nothing of runs. */
    private static final String DELTAS_OWN_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

    /** A table is one flat folder; left alone, Delta lists it with thousands of tasks, of which all but one find nothing. */
    private static final String LISTING_TASKS = "spark.sql.sources.parallelPartitionDiscovery.parallelism";

    private final Warehouse warehouse;
    private final Duration retention;

    /** The old files of a warehouse, of versions that went out of date longer ago than the retention. */
    public OldFiles(Warehouse warehouse, Duration retention) {
        this.warehouse = warehouse;
        this.retention = retention;
    }

    /**
     * Refuses to delete what a run may still read.
     *
     * @param living the runs that work
     * @throws UserException naming the run
     */
    public void requireUnused(List<Living> living) {
        Instant cutoff = Instant.now().minus(retention);
        for (Living run : living) {
            Instant needed = needed(run);
            if (needed.isBefore(cutoff)) {
                throw UserException.cannot(
                        "delete the files of versions that went out of date before " + cutoff,
                        "run " + run.runId() + " (" + run.job() + ") works since " + run.startedAt() + " and may read "
                                + run.input()
                                        .map(input -> "version " + input.version() + " of " + input.table())
                                        .orElse("versions of that time"),
                        "Wait until it has ended, or give a --retention longer than it has run");
            }
        }
    }

    /** When the first version that the run may read went, or might have gone, out of date. */
    private Instant needed(Living run) {
        return run.input()
                .flatMap(input -> Views.TABLES.stream()
                        .filter(table -> table.name().equals(input.table()))
                        .findFirst()
                        .flatMap(table -> outOfDate(table, input.version())))
                .filter(pinned -> pinned.isBefore(run.startedAt()))
                .orElse(run.startedAt());
    }

    /** When a later version took the place of this one. */
    private Optional<Instant> outOfDate(TableDefinition table, long version) {
        Row first = DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .history()
                .where(col("version").gt(version))
                .agg(min("timestamp"))
                .first();
        return Optional.ofNullable((Instant) first.get(0));
    }

    /** How many files of the table may be deleted. */
    public long count(TableDefinition table) {
        return vacuum(table, " DRY RUN").count();
    }

    /** Deletes the files of the table that may be; how many there were. */
    public long delete(TableDefinition table) {
        long files = count(table);
        if (files > 0) {
            vacuum(table, "");
        }
        return files;
    }

    private Dataset<Row> vacuum(TableDefinition table, String mode) {
        SparkSession own = warehouse.spark().newSession();
        own.conf().set(DELTAS_OWN_CHECK, "false");
        own.conf().set(LISTING_TASKS, own.sparkContext().defaultParallelism());
        String path = "delta." + Identifiers.escaped(warehouse.path(table));
        double hours = retention.toMillis() / (double) Duration.ofHours(1).toMillis();
        String statement = String.format(Locale.ROOT, "VACUUM %s RETAIN %.6f HOURS%s", path, hours, mode);
        // Delta tells each step on standard output, where the command's answer belongs.
        return Console.withOut(OutputStream.nullOutputStream(), () -> own.sql(statement));
    }
}

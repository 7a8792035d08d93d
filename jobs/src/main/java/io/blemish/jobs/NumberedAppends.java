package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Appends of a job that writes several tables and numbers its runs: each table takes one append a number.
 *
 * <p>The number is a transaction version in the tables' logs, so of two drivers that drew the same number one alone
 * gets its rows in. After each append the log is asked whose it was: a skipped append looks like a successful one, and
 * a failed one may have been committed all the same.
 */
final class NumberedAppends {
    private final Warehouse warehouse;
    private final String application;
    private final String runId;
    private final long number;

    private NumberedAppends(Warehouse warehouse, String application, String runId, long number) {
        this.warehouse = warehouse;
        this.application = application;
        this.runId = runId;
        this.number = number;
    }

    /** Draws the next number: one more than any of the tables has seen. */
    static NumberedAppends next(Warehouse warehouse, String application, String runId, TableDefinition... tables) {
        requireNonNull(runId, "runId is null");
        long last = 0;
        for (TableDefinition table : tables) {
            OptionalLong seen = log(warehouse, table).transaction(application);
            last = Math.max(last, seen.orElse(0));
        }
        return new NumberedAppends(warehouse, application, runId, last + 1);
    }

    /** The number drawn, from 1. */
    long number() {
        return number;
    }

    /**
     * Appends the rows to the table.
     *
     * @return the commit, as the table's log shows it
     * @throws UserException when another run has taken the number; nothing was written
     */
    CommitLog.Commit append(TableDefinition table, Dataset<Row> rows) {
        long before = warehouse.version(table);
        Exception failure = null;
        try {
            warehouse.append(table, rows, runId, new Warehouse.Transaction(application, number));
        } catch (Exception e) {
            // Scala throws checked exceptions without declaring them.
            failure = e;
        }
        Optional<CommitLog.Commit> commit = log(warehouse, table).find(application, number, before);
        if (commit.isPresent() && commit.get().runId().equals(Optional.of(runId))) {
            return commit.get();
        }
        if (commit.isPresent()) {
            String other = commit.get().runId().orElse("unknown");
            throw UserException.cannot(
                    "append to " + table.name() + " of " + warehouse,
                    "run " + other + " did so at the same time",
                    "Run the command again when that run has ended");
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new InternalException(
                "Append " + number + " of run " + runId + " to " + table.name() + " left no commit", failure);
    }

    private static CommitLog log(Warehouse warehouse, TableDefinition table) {
        return CommitLog.of(warehouse.spark(), warehouse.path(table));
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The right of one driver to write the inspections of one (encoder, captioner, knowledge base), fenced by the table's
 * own log.
 *
 * <p>A claim is a Delta application id. Its transaction version is {@code epoch * 1,000,000 + n}: an empty append with
 * {@code n = 0} takes the claim, chunks commit as {@code n = 1, 2, 3…} from one thread. Delta skips an append whose
 * version is not above the last one, and fails one that raced another of the same application. So when a second driver
 * takes over with the next epoch, no later append of the first can get into the table, however long it was stalled.
 *
 * <p>A skipped append looks like a successful one to its caller, and a failed one may have been committed all the same.
 * After each append this class therefore looks up the commit that set its transaction version, and believes only a
 * commit that carries its own run id.
 *
 * <p>Not thread-safe: one driver thread appends.
 */
public final class Claim {
    /** Transaction versions of one epoch: the claim itself and its chunks. */
    static final long EPOCH = 1_000_000L;

    private final Table table;
    private final Key key;
    private final String runId;
    private final long epoch;
    private long lastChunk;
    private long lastVersion;

    private Claim(Table table, Key key, String runId, long epoch) {
        this.table = table;
        this.key = key;
        this.runId = runId;
        this.epoch = epoch;
        this.lastVersion = table.log().latestVersion();
    }

    /** What is claimed; {@code captionerId} is {@code none} without a captioner. */
    public record Key(String encoderId, String captionerId, String kbId) {
        public Key {
            requireNonNull(encoderId, "encoderId is null");
            requireNonNull(captionerId, "captionerId is null");
            requireNonNull(kbId, "kbId is null");
        }

        /** The claim on the tiles of an encoder and a knowledge base, whatever captioner came after them. */
        static Key ofTiles(String encoderId, String kbId) {
            return new Key(encoderId, "tiles", kbId);
        }

        /** The claim on the words of captions of an encoder and a captioner, whatever the knowledge base. */
        static Key ofWords(String encoderId, String captionerId) {
            return new Key(encoderId, captionerId, "words");
        }

        /** The Delta application id of the claim. */
        public String application() {
            return "blemish-" + encoderId + "-" + captionerId + "-" + kbId;
        }

        @Override
        public String toString() {
            return "encoder " + encoderId + ", captioner " + captionerId + ", knowledge base " + kbId;
        }
    }

    /** The claimed table. */
    public record Table(Warehouse warehouse, TableDefinition definition) {
        private CommitLog log() {
            return CommitLog.of(warehouse.spark(), warehouse.path(definition));
        }

        private Dataset<Row> nothing() {
            return warehouse.spark().createDataFrame(List.of(), definition.schema());
        }
    }

    /** When a claim that another run holds may be taken from it. */
    public enum TakeOver {
        /** Only when that run has ended, or shows no sign of life. */
        WHEN_STALE,
        /** Whatever that run is doing: the user says that it is dead, or a lock proves it. */
        ALWAYS
    }

    /** What is known of the run that holds a claim. */
    public interface Owners {
        /** True when the run has ended, or was last heard of longer ago than a living run stays silent. */
        boolean gone(String runId);

        /** Judges runs of the warehouse by their heartbeats, which the context says when to take for stale. */
        static Owners of(JobContext context, Warehouse warehouse) {
            return byHeartbeat(
                    new RunHeartbeats(warehouse), context.configuration().value(Keys.RUNS_STALE_AFTER));
        }

        /** Runs whose last sign of life is known: gone when ended or silent for longer than the limit. */
        static Owners byHeartbeat(Heartbeats heartbeats, Duration staleAfter) {
            return runId -> heartbeats
                    .last(runId)
                    .map(last -> last.plus(staleAfter).isBefore(Instant.now()))
                    .orElse(true);
        }
    }

    /** The last sign of life of runs that have not ended; empty for those that have, and for unknown ones. */
    public interface Heartbeats {
        Optional<Instant> last(String runId);
    }

    /**
     * Takes the claim for the run, in the next epoch.
     *
     * @throws UserException when another run holds it, or took it at the same moment, and must not be disturbed
     */
    public static Claim take(Table table, Key key, String runId, Owners owners, TakeOver takeOver) {
        requireNonNull(runId, "runId is null");
        OptionalLong held = table.log().transaction(key.application());
        if (held.isPresent() && takeOver == TakeOver.WHEN_STALE) {
            requireGone(table, key, held.getAsLong(), owners);
        }
        Claim claim = new Claim(table, key, runId, held.isPresent() ? held.getAsLong() / EPOCH + 1 : 1);
        try {
            claim.commit(() -> claim.write(table.nothing()));
        } catch (ClaimLostException overtaken) {
            throw refused(key, overtaken.owner());
        }
        return claim;
    }

    private static void requireGone(Table table, Key key, long held, Owners owners) {
        Optional<String> owner = table.log().find(key.application(), held, 0).flatMap(CommitLog.Commit::runId);
        if (owner.isPresent() && !owners.gone(owner.get())) {
            throw refused(key, owner.get());
        }
    }

    private static UserException refused(Key key, String owner) {
        return UserException.cannot(
                "claim " + key,
                "run " + owner + " is working on it",
                "Wait until it has ended, or, if it is dead, add --take-over");
    }

    /**
     * Appends the next chunk: computes its rows and commits them in one atomic step.
     *
     * @return the commit, as the table's log shows it
     * @throws ClaimLostException when another run holds the claim now; nothing was written
     */
    public CommitLog.Commit append(Dataset<Row> rows) {
        next();
        return commit(() -> write(rows));
    }

    /**
     * Deletes rows of the claim in one atomic step. At least one row must meet the condition: Delta commits nothing
     * otherwise.
     *
     * @throws ClaimLostException when another run holds the claim now; nothing was deleted
     */
    public CommitLog.Commit delete(Column condition) {
        next();
        return commit(() -> {
            // Delta's delete takes the transaction from the settings of the Spark session alone.
            Map<String, String> transaction = Map.of(
                    "spark.databricks.delta.write.txnAppId",
                    key.application(),
                    "spark.databricks.delta.write.txnVersion",
                    Long.toString(transactionVersion()));
            table.warehouse().change(table.definition(), runId, transaction).delete(condition);
        });
    }

    private void next() {
        lastChunk++;
        if (lastChunk >= EPOCH) {
            throw new InternalException("A claim commits fewer than " + EPOCH + " chunks; larger chunks are needed");
        }
    }

    /** The number of this driver among those that held the claim, from 1. */
    public long epoch() {
        return epoch;
    }

    /** The Delta version of the last commit of this claim. */
    public long lastVersion() {
        return lastVersion;
    }

    private CommitLog.Commit commit(Runnable change) {
        Exception failure = null;
        try {
            change.run();
        } catch (Exception e) {
            failure = e;
        }
        CommitLog.Commit commit = settle(failure);
        lastVersion = commit.version();
        return commit;
    }

    private void write(Dataset<Row> rows) {
        Warehouse.Transaction transaction = new Warehouse.Transaction(key.application(), transactionVersion());
        table.warehouse().append(table.definition(), rows, runId, transaction);
    }

    private CommitLog.Commit settle(Exception failure) {
        CommitLog log = table.log();
        Optional<CommitLog.Commit> commit = log.find(key.application(), transactionVersion(), lastVersion);
        if (commit.isPresent() && commit.get().runId().equals(Optional.of(runId))) {
            return commit.get();
        }
        OptionalLong held = log.transaction(key.application());
        if (held.isPresent() && held.getAsLong() >= transactionVersion()) {
            String owner = log.find(key.application(), held.getAsLong(), lastVersion)
                    .flatMap(CommitLog.Commit::runId)
                    .orElse("unknown");
            throw new ClaimLostException(key.toString(), runId, owner, failure);
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new InternalException(
                "Append " + transactionVersion() + " of run " + runId + " to "
                        + table.definition().name() + " left no commit",
                failure);
    }

    private long transactionVersion() {
        return epoch * EPOCH + lastChunk;
    }
}

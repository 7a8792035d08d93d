package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * What the log of one Delta table says about who committed what.
 *
 * <p>Delta's public history tells the run id ({@code userMetadata}) but not the transaction ids of a commit, and a
 * fenced writer must know both of the same commit; so this class reads the log itself. Every call reads it afresh:
 * nothing here is remembered from an earlier answer.
 */
public final class CommitLog {
    private static final long WINDOW = 64;

    private final DeltaLog log;

    private CommitLog(DeltaLog log) {
        this.log = log;
    }

    /**
     * One commit of the table.
     *
     * @param version its Delta version
     * @param runId the run that made it, as its {@code userMetadata} says
     * @param transactions the version of each application id that it set
     * @param rows the rows that it wrote, when its metrics say
     */
    public record Commit(long version, Optional<String> runId, Map<String, Long> transactions, OptionalLong rows) {
        /** True when this commit moved the application to exactly this transaction version. */
        public boolean sets(String application, long transactionVersion) {
            Long set = transactions.get(application);
            return set != null && set == transactionVersion;
        }
    }

    /** The log of the table at the path. */
    public static CommitLog of(SparkSession spark, String tablePath) {
        requireNonNull(tablePath, "tablePath is null");
        return new CommitLog(DeltaLog.forTable(spark, tablePath));
    }

    /** The newest version of the table. */
    public long latestVersion() {
        return snapshot().version();
    }

    /** The last transaction version that the table records for the application. */
    public OptionalLong transaction(String application) {
        Option<Object> version = snapshot().transactions().get(application);
        return version.isDefined() ? OptionalLong.of((Long) version.get()) : OptionalLong.empty();
    }

    /**
     * The commit that moved the application to the transaction version, sought from the newest backwards; empty when it
     * was never made or is older than the log that the table keeps.
     *
     * @param since no commit older than this Delta version is read
     */
    public Optional<Commit> find(String application, long transactionVersion, long since) {
        for (long last = latestVersion(); last >= since && last >= 0; last -= WINDOW) {
            List<Commit> window = commits(Math.max(since, last - WINDOW + 1), last);
            for (Commit commit : window) {
                if (commit.sets(application, transactionVersion)) {
                    return Optional.of(commit);
                }
            }
            if (window.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Snapshot snapshot() {
        return log.update(false, Option.empty(), Option.empty());
    }

    private List<Commit> commits(long from, long to) {
        List<Commit> commits = new ArrayList<>();
        CollectionConverters.asJava(log.getChanges(from, to, Option.empty(), false))
                .forEachRemaining(change -> commits.add(commit(change)));
        return commits;
    }

    private static Commit commit(Tuple2<Object, scala.collection.immutable.Seq<Action>> change) {
        Optional<String> runId = Optional.empty();
        OptionalLong rows = OptionalLong.empty();
        Map<String, Long> transactions = new HashMap<>();
        for (Action action : CollectionConverters.asJava(change._2())) {
            if (action instanceof SetTransaction transaction) {
                transactions.put(transaction.appId(), transaction.version());
            } else if (action instanceof CommitInfo info) {
                runId = OptionConverters.toJava(info.userMetadata());
                rows = rows(info);
            }
        }
        return new Commit((Long) change._1(), runId, Map.copyOf(transactions), rows);
    }

    private static OptionalLong rows(CommitInfo info) {
        return OptionConverters.toJava(info.operationMetrics())
                .flatMap(metrics -> OptionConverters.toJava(metrics.get("numOutputRows")))
                .map(rows -> OptionalLong.of(Long.parseLong(rows)))
                .orElse(OptionalLong.empty());
    }
}

package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestClaim extends SparkTest {
    private static final TableDefinition INSPECTIONS = TableDefinition.named("inspections", "One row an image")
            .required("image_id", DataTypes.StringType, "The image")
            .build();
    private static final Claim.Key KEY = new Claim.Key("encoder", "none", "pool");
    private static final Claim.Owners ALIVE = run -> false;
    private static final Claim.Owners GONE = run -> true;

    @TempDir
    Path folder;

    private Claim.Table table;

    @BeforeEach
    void create() {
        table = create(spark, folder);
    }

    @Test
    void emptyAppendTakesTheClaim() {
        Claim claim = take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

        CommitLog log = CommitLog.of(spark, table.warehouse().path(INSPECTIONS));
        assertThat(claim.epoch()).isEqualTo(1);
        assertThat(log.latestVersion()).isEqualTo(1);
        assertThat(log.transaction(KEY.application())).hasValue(Claim.EPOCH);
        assertThat(log.find(KEY.application(), Claim.EPOCH, 0).orElseThrow().runId())
                .contains("run-1");
        assertThat(ids(table)).isEmpty();
    }

    @Test
    void chunksCommitInOrder() {
        Claim claim = take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

        CommitLog.Commit first = claim.append(rows("a", "b"));
        CommitLog.Commit second = claim.append(rows("c"));

        assertThat(first.sets(KEY.application(), Claim.EPOCH + 1)).isTrue();
        assertThat(first.rows()).hasValue(2);
        assertThat(second.sets(KEY.application(), Claim.EPOCH + 2)).isTrue();
        assertThat(second.version()).isEqualTo(3);
        assertThat(ids(table)).containsExactly("a", "b", "c");
    }

    @Test
    void deletionIsFencedToo() {
        Claim stalled = take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);
        stalled.append(rows("a", "b", "c"));

        CommitLog.Commit deletion = stalled.delete(col("image_id").equalTo("a"));
        Claim successor = take("run-2", ALIVE, Claim.TakeOver.ALWAYS);

        assertThat(deletion.sets(KEY.application(), Claim.EPOCH + 2)).isTrue();
        assertThat(ids(table)).containsExactly("b", "c");
        assertThatThrownBy(() -> stalled.delete(col("image_id").equalTo("b"))).isInstanceOf(ClaimLostException.class);
        assertThat(ids(table)).containsExactly("b", "c");
        assertThat(successor.append(rows("d")).rows()).hasValue(1);
    }

    @Test
    void livingOwnerIsNotDisturbed() {
        take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

        assertThatThrownBy(() -> take("run-2", ALIVE, Claim.TakeOver.WHEN_STALE))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot claim encoder encoder, captioner none, knowledge base pool: run run-1 is working on"
                        + " it. Wait until it has ended, or, if it is dead, add --take-over.");
    }

    @Test
    void ownerThatIsGoneIsSucceeded() {
        take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

        assertThat(take("run-2", GONE, Claim.TakeOver.WHEN_STALE).epoch()).isEqualTo(2);
    }

    @Test
    void otherKnowledgeBaseIsAnotherClaim() {
        Claim one = take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);
        Claim other =
                Claim.take(table, new Claim.Key("encoder", "none", "other"), "run-2", ALIVE, Claim.TakeOver.WHEN_STALE);

        other.append(rows("b"));
        one.append(rows("a"));

        assertThat(ids(table)).containsExactly("a", "b");
    }

    @Test
    void stalledDriverIsFencedOff() {
        Claim stalled = take("run-1", ALIVE, Claim.TakeOver.WHEN_STALE);
        stalled.append(rows("a"));
        Claim successor = take("run-2", ALIVE, Claim.TakeOver.ALWAYS);
        successor.append(rows("b"));

        assertThatThrownBy(() -> stalled.append(rows("b")))
                .isInstanceOf(ClaimLostException.class)
                .hasMessageContaining(
                        "Run run-1 lost the claim on encoder encoder, captioner none, knowledge base pool to run"
                                + " run-2");
        assertThat(ids(table)).containsExactly("a", "b");
        assertThat(successor.append(rows("c")).rows()).hasValue(1);
        assertThat(ids(table)).containsExactly("a", "b", "c");
    }

    @Test
    void driverTakenOverInTheMiddleOfAnAppendIsFencedOff() {
        FaultyLogStore.during(() -> {
            Claim.Table faulty = create(spark, folder.resolve("faulty"));
            Claim stalled = Claim.take(faulty, KEY, "run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

            FaultyLogStore.beforeNextCommit(
                    () -> elsewhere(() -> Claim.take(faulty, KEY, "run-2", ALIVE, Claim.TakeOver.ALWAYS)));

            assertThatThrownBy(() -> stalled.append(rows("a")))
                    .isInstanceOf(ClaimLostException.class)
                    .hasMessageContaining("to run run-2");
            assertThat(ids(faulty)).isEmpty();
        });
    }

    @Test
    void oneOfTwoDriversAtOnceWins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Claim>> drivers = new ArrayList<>();
        for (String run : List.of("run-1", "run-2")) {
            drivers.add(() -> {
                Claim.Table own = create(spark.newSession(), folder);
                together.await();
                Claim claim = Claim.take(own, KEY, run, ALIVE, Claim.TakeOver.WHEN_STALE);
                claim.append(rows(run));
                return claim;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Claim>> outcomes = threads.invokeAll(drivers);
        threads.shutdown();

        List<String> winners = new ArrayList<>();
        for (int driver = 0; driver < 2; driver++) {
            try {
                outcomes.get(driver).get();
                winners.add("run-" + (driver + 1));
            } catch (ExecutionException lost) {
                assertThat(lost.getCause()).isInstanceOf(UserException.class).hasMessageContaining("is working on it");
            }
        }
        assertThat(winners).hasSize(1);
        assertThat(ids(table)).containsExactlyElementsOf(winners);
    }

    @Test
    void appendThatWasCommittedInSpiteOfAnErrorCounts() {
        FaultyLogStore.during(() -> {
            Claim.Table faulty = create(spark, folder.resolve("faulty"));
            Claim claim = Claim.take(faulty, KEY, "run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

            FaultyLogStore.afterNextCommit(FaultyLogStore.broken());
            CommitLog.Commit first = claim.append(rows("a"));
            claim.append(rows("b"));

            assertThat(first.runId()).contains("run-1");
            assertThat(ids(faulty)).containsExactly("a", "b");
        });
    }

    @Test
    void appendThatWasNotCommittedFails() {
        FaultyLogStore.during(() -> {
            Claim.Table faulty = create(spark, folder.resolve("faulty"));
            Claim claim = Claim.take(faulty, KEY, "run-1", ALIVE, Claim.TakeOver.WHEN_STALE);

            FaultyLogStore.beforeNextCommit(FaultyLogStore.broken());

            assertThatThrownBy(() -> claim.append(rows("a"))).hasRootCauseInstanceOf(IOException.class);
            assertThat(ids(faulty)).isEmpty();
        });
    }

    @Test
    void silenceBeyondTheLimitMeansGone() {
        Claim.Heartbeats heartbeats = run -> switch (run) {
            case "fresh" -> Optional.of(Instant.now());
            case "silent" -> Optional.of(Instant.now().minus(Duration.ofMinutes(11)));
            default -> Optional.empty();
        };
        Claim.Owners owners = Claim.Owners.byHeartbeat(heartbeats, Duration.ofMinutes(10));

        assertThat(owners.gone("fresh")).isFalse();
        assertThat(owners.gone("silent")).isTrue();
        assertThat(owners.gone("ended")).isTrue();
    }

    private Claim take(String runId, Claim.Owners owners, Claim.TakeOver takeOver) {
        return Claim.take(table, KEY, runId, owners, takeOver);
    }

    /** Another thread: Delta allows one transaction at a time in each. */
    private static void elsewhere(Runnable action) {
        CompletableFuture.runAsync(action).join();
    }

    private static Claim.Table create(SparkSession session, Path folder) {
        Warehouse warehouse = Warehouse.at(session, folder.toString());
        warehouse.create(INSPECTIONS);
        return new Claim.Table(warehouse, INSPECTIONS);
    }

    private static Dataset<Row> rows(String... ids) {
        return spark.createDataFrame(Stream.of(ids).map(RowFactory::create).toList(), INSPECTIONS.schema());
    }

    private static List<String> ids(Claim.Table table) {
        return table.warehouse().read(INSPECTIONS).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }
}

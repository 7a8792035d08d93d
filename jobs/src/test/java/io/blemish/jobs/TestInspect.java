package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.broadcast.ExecutorModels;
import io.blemish.error.UserException;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.RunsTable;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job from end to end, on pictures that are rows already. */
class TestInspect extends SparkTest {
    @TempDir
    Path folder;

    @Test
    void everyImageIsInspectedOnce() throws Exception {
        InspectFixture fixture =
                new InspectFixture(spark, folder).part(1, 6).part(2, 5).part(3, 1);
        long loads = ExecutorModels.loads();

        InspectResult result = fixture.inspect();

        assertThat(result.ok()).isEqualTo(12);
        assertThat(result.failed()).isZero();
        assertThat(result.forwards()).isEqualTo(12);
        assertThat(result.chunks()).isEqualTo(2);
        assertThat(ExecutorModels.loads() - loads).isEqualTo(result.loads()).isLessThanOrEqualTo(1);
        assertThat(fixture.inspections()).hasSize(12);
        Row row = fixture.warehouse()
                .read(InspectionsTable.DEFINITION)
                .where(col("part").equalTo(3))
                .head();
        assertThat(row.<String>getAs("run_id")).isEqualTo(fixture.lastRunId());
        assertThat(row.<String>getAs("captioner_id")).isEqualTo("none");
        assertThat(row.<String>getAs("lot")).isEqualTo("lot-3");
        assertThat(row.<String>getAs("status")).isEqualTo("ok");
        assertThat(row.<String>getAs("verdict")).isIn("pass", "discard", "juice", "review");
        assertThat(row.<String>getAs("summary")).isNotBlank();
        assertThat(row.getList(row.fieldIndex("top"))).hasSize(3);
        assertThat(row.getList(row.fieldIndex("maps"))).hasSize(3);
        assertThat(row.<Integer>getAs("map_rows")).isEqualTo(4);
        assertThat(row.getList(row.fieldIndex("embedding"))).hasSize(40);
        // 60 x 50 pixels are resized to 57 x 48, and 4 columns stand to the left of the crop.
        assertThat(row.<Row>getAs("region")).isEqualTo(RowFactory.create(4 * 60 / 57.0, 0.0, 48 * 60 / 57.0, 50.0));
        assertThat(row.<Object>getAs("caption")).isNull();
    }

    @Test
    void nothingIsDoneTwice() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 3);
        fixture.inspect();
        Map<String, String> before = fixture.inspections();

        InspectResult again = fixture.inspect();
        InspectResult afterIngest = fixture.part(2, 2).inspect();

        assertThat(again).isEqualTo(InspectResult.nothing(3));
        assertThat(afterIngest.ok()).isEqualTo(2);
        assertThat(afterIngest.before()).isEqualTo(3);
        assertThat(fixture.inspections()).hasSize(5).containsAllEntriesOf(before);
    }

    @Test
    void imageThatFailsIsARowAndNothingElse() throws Exception {
        byte[] good = ImageRows.png(1, 64, 64);
        byte[] truncated = Arrays.copyOf(ImageRows.png(2, 64, 64), 300);
        Path kept = Files.write(folder.resolve("kept #1.png"), ImageRows.png(3, 64, 64));
        Path changed = Files.write(folder.resolve("changed.png"), ImageRows.png(4, 64, 64));
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"))
                .rows(List.of(
                        ImageRows.row(1, good),
                        ImageRows.row(1, truncated),
                        ImageRows.row("never seen", 1, null),
                        ImageRows.row(
                                ImageRows.sha256(Files.readAllBytes(kept)),
                                kept.toUri().toString(),
                                1,
                                null),
                        ImageRows.row("another hash", changed.toUri().toString(), 1, null)));

        InspectResult result = fixture.inspect();

        assertThat(result.ok()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(3);
        assertThat(result.forwards()).isEqualTo(2);
        List<Row> failed = fixture.warehouse()
                .read(InspectionsTable.DEFINITION)
                .where("status = 'failed'")
                .orderBy("error")
                .select("error", "verdict", "defective", "embedding")
                .collectAsList();
        assertThat(failed.get(0).getString(0)).startsWith("changed: the file now has SHA-256 ");
        assertThat(failed.get(1).getString(0)).matches("(truncated|corrupt): .*");
        assertThat(failed.get(2).getString(0)).startsWith("unreadable: ");
        assertThat(failed)
                .allSatisfy(row -> assertThat(row.isNullAt(1) && row.isNullAt(2) && row.isNullAt(3))
                        .isTrue());
    }

    @Test
    void interruptedRunEndsWithTheSameRows() throws Exception {
        InspectFixture undisturbed = new InspectFixture(spark, folder.resolve("a"))
                .part(1, 9)
                .part(2, 8)
                .part(3, 3);
        undisturbed.inspect();

        FaultyLogStore.during(() -> {
            InspectFixture killed = new InspectFixture(spark, folder.resolve("b"))
                    .part(1, 9)
                    .part(2, 8)
                    .part(3, 3);
            killed.set("chunk.images", "5");
            // The claim is the first commit, the first chunk the second.
            FaultyLogStore.beforeCommit(InspectionsTable.NAME, 3, FaultyLogStore.broken());
            assertThatThrownBy(killed::inspect).hasRootCauseInstanceOf(IOException.class);
            assertThat(killed.inspections()).hasSize(9);

            assertThat(inspected(killed).ok()).isEqualTo(11);
            assertThat(killed.inspections()).isEqualTo(undisturbed.inspections());
        });
    }

    @Test
    void otherOptionsNeedRedo() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 3);
        fixture.inspect();
        fixture.part(2, 1).set("label.top-k", "2").set("heatmap.methods", "relevance,gradcam");

        assertThatThrownBy(fixture::inspect)
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot inspect with these options: what is already inspected lists the top 3, not top 2. Use"
                                + " the same options, or add --redo to delete these inspections and make them anew.");
        InspectResult redone = fixture.redo().inspect();

        assertThat(redone.ok()).isEqualTo(4);
        assertThat(fixture.inspections()).hasSize(4);
        assertThat(fixture.warehouse()
                        .read(InspectionsTable.DEFINITION)
                        .where("size(maps) = 4")
                        .count())
                .isEqualTo(4);
    }

    @Test
    void otherThresholdsNeedRedo() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 2);
        fixture.inspect();
        fixture.part(2, 1).set("label.threshold", "0.7");

        assertThatThrownBy(fixture::inspect)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("what is already inspected was labelled with label.threshold 0.5, not 0.7. Use")
                .hasMessageContaining("--redo");
        fixture.set("label.threshold", "0.50").set("label.abstain", "0.2");
        assertThatThrownBy(fixture::inspect)
                .isInstanceOf(UserException.class)
                .hasMessageMatching(".* was labelled with label[.]abstain 0[.]\\d+, not 0[.]2[.] Use .*");
        assertThat(fixture.inspections()).hasSize(2);

        DeltaTable.forPath(spark, fixture.warehouse().path(RunsTable.DEFINITION))
                .delete();
        assertThat(fixture.inspect().ok()).as("nothing tells the thresholds").isEqualTo(1);
    }

    @Test
    void knowledgeBaseNameStandsForOneContent() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse")).part(1, 1);
        fixture.inspect();
        String changed = Files.readString(InspectFixture.resource("oranges.yaml"))
                .replace("a bruised orange", "a dented orange");
        Path other = Files.writeString(folder.resolve("oranges.yaml"), changed);

        assertThatThrownBy(() -> fixture.knowledge(other).inspect())
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot use the knowledge base oranges: this name already stands for another content"
                                + " \\([0-9a-f]{64}\\)\\. Give the new content a name of its own\\.");
        Path renamed = Files.writeString(other, changed.replace("name: oranges", "name: oranges-2"));
        fixture.knowledge(renamed).inspect();

        assertThat(fixture.warehouse().read(KnowledgeBasesTable.DEFINITION).count())
                .isEqualTo(2);
        assertThat(fixture.warehouse().read(BundlesTable.DEFINITION).count()).isEqualTo(1);
        assertThat(fixture.warehouse().read(InspectionsTable.DEFINITION).count())
                .isEqualTo(2);
    }

    @Test
    void nothingStandsBetweenTheScanAndTheAppend() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 3);
        AtomicReference<String> plan = new AtomicReference<>("");
        QueryExecutionListener listener = listener(plan);
        spark.listenerManager().register(listener);
        try {
            fixture.inspect();
            waitForListeners();
        } finally {
            spark.listenerManager().unregister(listener);
        }

        assertThat(plan.get())
                .contains("MapPartitions")
                .contains("content")
                .doesNotContain("Exchange")
                .doesNotContain("Join");
    }

    @Test
    void gpuThatCannotBeHadIsRefusedBeforeAnythingIsWritten() {
        InspectFixture fixture = new InspectFixture(spark, folder).part(1, 1).set("device", "gpu");

        assertThatThrownBy(fixture::inspect)
                .hasRootCauseInstanceOf(UserException.class)
                .hasStackTraceContaining("Cannot run on the GPU (device: gpu)");
        assertThat(fixture.warehouse().read(InspectionsTable.DEFINITION).count())
                .isZero();
        assertThat(fixture.warehouse().version(InspectionsTable.DEFINITION)).isZero();
    }

    @Test
    void missingKnowledgeBaseIsTold() {
        assertThatThrownBy(() -> new InspectFixture(spark, folder)
                        .knowledge(folder.resolve("none.yaml"))
                        .inspect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("there is no such file");
    }

    private static InspectResult inspected(InspectFixture fixture) {
        try {
            return fixture.inspect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void waitForListeners() throws TimeoutException {
        spark.sparkContext().listenerBus().waitUntilEmpty();
    }

    private static QueryExecutionListener listener(AtomicReference<String> plan) {
        return new QueryExecutionListener() {
            @Override
            public void onSuccess(String function, QueryExecution execution, long nanos) {
                String text = execution.executedPlan().toString();
                // Delta reads its own log through a MapPartitions as well; the photographs are in this one alone.
                if (text.contains("MapPartitions") && text.contains("image_id#")) {
                    plan.set(text);
                }
            }

            @Override
            public void onFailure(String function, QueryExecution execution, Exception failure) {
                plan.set(failure.toString());
            }
        };
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.tables.FilesTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TestJobRun extends CommandLineTest {
    private JobContext context(Map<String, String> settings) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Terminal terminal = new Terminal(nowhere, nowhere, Terminal.Answer.TABLE, Terminal.Chatter.QUIET);
        return new JobContext(spark, Configuration.builder().set(settings).build(), terminal);
    }

    private List<Row> events() {
        return rows(RunsTable.DEFINITION).orderBy("at").collectAsList();
    }

    @Test
    void reportsWhatHappened() throws Exception {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        AtomicReference<String> group = new AtomicReference<>();
        spark.sparkContext().setJobGroup("outer", "outer description", false);
        JobRun.Ended ended = JobRun.execute(context(Map.of()), warehouse, "test", "Testing 'x'", run -> {
            group.set(spark.sparkContext().getLocalProperty("spark.job.description"));
            run.input(FilesTable.DEFINITION, 7);
            run.identify("kb_id", "abc");
            run.count("ok", 2);
            run.count("ok", 3);
            run.imagesDone(5);
            run.stage("decode").close();
            run.stageSeconds("decode", 1);
            return Summary.titled("Tested");
        });
        assertThat(group.get()).isEqualTo("Testing 'x'");
        assertThat(spark.sparkContext().getLocalProperty("spark.job.description"))
                .isEqualTo("outer description");
        spark.sparkContext().clearJobGroup();
        assertThat(ended.event().counts()).containsExactly(Map.entry("ok", 5L));
        Row last = events().get(1);
        assertThat(last.<String>getAs("state")).isEqualTo("finished");
        assertThat(last.<String>getAs("run_id")).isEqualTo(ended.event().runId());
        assertThat(last.<String>getAs("input_table")).isEqualTo("files");
        assertThat(last.<Long>getAs("input_version")).isEqualTo(7);
        assertThat(last.<Double>getAs("images_per_second")).isPositive();
        assertThat(last.<String, Double>getJavaMap(last.fieldIndex("stage_seconds"))
                        .get("decode"))
                .isGreaterThanOrEqualTo(1);
        assertThat(last.<String, String>getJavaMap(last.fieldIndex("host"))).containsKeys("driver", "java", "spark");
    }

    @Test
    void failureIsReportedAndThrown() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        assertThatThrownBy(() -> JobRun.execute(context(Map.of()), warehouse, "test", "Testing", run -> {
                    throw new IllegalStateException("the engine is on fire");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(events()).map(row -> row.<String>getAs("state")).containsExactly("started", "failed");
        assertThat(events().get(1).<String>getAs("message")).isEqualTo("the engine is on fire");
    }

    @Test
    void errorIsReportedAndThrown() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        assertThatThrownBy(() -> JobRun.execute(context(Map.of()), warehouse, "test", "Testing", run -> {
                    throw new NoClassDefFoundError("ai/djl/Model");
                }))
                .isInstanceOf(NoClassDefFoundError.class);
        assertThat(events()).map(row -> row.<String>getAs("state")).containsExactly("started", "failed");
        assertThat(events().get(1).<String>getAs("message")).isEqualTo("java.lang.NoClassDefFoundError: ai/djl/Model");
    }

    @Test
    void failureThatCannotBeRecordedIsThrownAllTheSame() {
        FaultyLogStore.during(() -> {
            Warehouse warehouse = Warehouse.at(spark, warehouse());
            assertThatThrownBy(() -> JobRun.execute(context(Map.of()), warehouse, "test", "Testing", run -> {
                        FaultyLogStore.beforeNextCommit(FaultyLogStore.broken());
                        throw new IllegalStateException("the engine is on fire");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("The connection broke"));
        });
    }

    @Test
    void longRunBeats() throws Exception {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        JobContext context = context(Map.of("runs.heartbeat", "20 ms"));
        JobRun.execute(context, warehouse, "test", "Testing", run -> {
            while (events().size() < 3) {
                Thread.onSpinWait();
            }
            return Summary.titled("Tested");
        });
        assertThat(events())
                .map(row -> row.<String>getAs("state"))
                .contains("heartbeat")
                .endsWith("finished");
    }
}

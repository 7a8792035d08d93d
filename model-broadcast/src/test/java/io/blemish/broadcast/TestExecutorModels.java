package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestExecutorModels {
    private static LocalSpark spark;
    private static JavaSparkContext context;

    /** A model that knows the file it was made of. */
    private record TextModel(String text, Path file, String permissions, AtomicInteger closed)
            implements AutoCloseable {
        static TextModel load(Path file, Device device) throws IOException {
            return new TextModel(
                    Files.readString(file) + " on " + device,
                    file,
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                    new AtomicInteger());
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @BeforeAll
    static void startSpark() {
        spark = LocalSpark.start();
        context = JavaSparkContext.fromSparkContext(spark.session().sparkContext());
    }

    @AfterAll
    static void stopSpark() {
        spark.close();
    }

    @Test
    void sixteenTasksLoadOnce() {
        long before = ExecutorModels.loads();
        LongAccumulator loads = context.sc().longAccumulator("loads");
        try (ModelBroadcast broadcast = publish("once")) {
            List<String> texts = context.parallelize(range(16), 16)
                    .map(item -> ExecutorModels.model(broadcast, Device.CPU, TextModel::load, loads)
                            .text())
                    .collect();

            assertThat(texts).hasSize(16).containsOnly("once on cpu");
            assertThat(ExecutorModels.loads("once")).isEqualTo(1);
            assertThat(ExecutorModels.loads()).isEqualTo(before + 1);
            assertThat(loads.value()).isEqualTo(1);
        }

        ExecutorModels.release("once");
    }

    @Test
    void fileIsPrivateLiesInTheLocalDirectoryAndIsDeleted() {
        try (ModelBroadcast broadcast = publish("file");
                Lease<TextModel> lease = ExecutorModels.lease(broadcast, Device.cuda(1), TextModel::load)) {
            assertThat(lease.model().text()).isEqualTo("file on cuda:1");
            assertThat(lease.model().permissions()).isEqualTo("rw-------");
            assertThat(lease.model().file().getParent())
                    .isEqualTo(Path.of(Utils.getLocalDir(SparkEnv.get().conf())));
            assertThat(lease.model().file()).doesNotExist();
        }

        ExecutorModels.release("file");
    }

    @Test
    void fileOfAFailedLoadIsDeleted() {
        try (ModelBroadcast broadcast = publish("failing")) {
            Path[] seen = new Path[1];
            assertThatThrownBy(() -> ExecutorModels.lease(broadcast, Device.CPU, (file, device) -> {
                        seen[0] = file;
                        throw new IOException("not a model");
                    }))
                    .isInstanceOf(InternalException.class)
                    .hasMessageContaining("The model failing could not be loaded on cpu")
                    .hasRootCauseMessage("not a model");
            assertThat(seen[0]).doesNotExist();
            assertThat(ExecutorModels.loads("failing")).isZero();
        }
    }

    @Test
    void leaseEndsWithItsTaskEvenWhenTheTaskFails() {
        try (ModelBroadcast broadcast = publish("task")) {
            Lease<TextModel> lease = ExecutorModels.lease(broadcast, Device.CPU, TextModel::load);
            AtomicInteger closed = lease.model().closed();
            assertThatThrownBy(() -> context.parallelize(List.of(1), 1)
                            .map(item -> {
                                ExecutorModels.model(broadcast, Device.CPU, TextModel::load);
                                throw new IllegalStateException(
                                        "bad row of " + TaskContext.get().taskAttemptId());
                            })
                            .collect())
                    .isInstanceOf(SparkException.class)
                    .hasMessageContaining("bad row");

            ExecutorModels.release("task");
            assertThat(closed).as("this test's own lease is open").hasValue(0);
            lease.close();
            assertThat(closed).as("no lease of the failed task is left").hasValue(1);
        }
    }

    @Test
    void outsideATaskALeaseIsNeeded() {
        try (ModelBroadcast broadcast = publish("driver")) {
            assertThatThrownBy(() -> ExecutorModels.model(broadcast, Device.CPU, TextModel::load))
                    .isInstanceOf(InternalException.class)
                    .hasMessage("A model was asked for outside a task: lease it, and close the lease");
        }
    }

    private static ModelBroadcast publish(String text) {
        return ModelBroadcast.publish(
                spark.session(), text, target -> target.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}

package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.blemish.error.UserException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The engine itself, on whatever machine the tests run. */
class TestTorchEngine {
    @Test
    void newThreadsComputeWithTheConfiguredNumber() throws Exception {
        try (LocalSpark spark = LocalSpark.start()) {
            assertThat(spark.session().sparkContext().isLocal()).isTrue();
            int threads = TaskSlots.ofJvm().torchThreads();
            TorchThreads.configure(threads);
            TorchThreads.configure(threads + 1);
            CompletableFuture<Integer> found = new CompletableFuture<>();
            new Thread(() -> found.complete(JniUtils.getNumThreads())).start();
            assertThat(found.get()).isEqualTo(threads);
        }
    }

    @Test
    void gpuIsHadOrRefusedAndNeverReplacedByTheCpu() {
        try (LocalSpark spark = LocalSpark.start()) {
            assertThat(spark.session().sparkContext().isLocal()).isTrue();
            assertThat(TaskDevice.of(DeviceChoice.CPU)).isEqualTo(Device.CPU);
            if (CudaEnvironment.ofJvm().available()) {
                assertThat(TaskDevice.of(DeviceChoice.GPU)).isEqualTo(Device.cuda(0));
            } else {
                assertThatThrownBy(() -> TaskDevice.of(DeviceChoice.GPU))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("libtorch finds no CUDA device in this process");
            }
        }
    }
}

package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTaskDevice {
    private static final CudaEnvironment TWO_GPUS = new CudaEnvironment(Optional.empty(), true, 2);
    private static final CudaEnvironment NO_CUDA = new CudaEnvironment(Optional.empty(), false, 0);

    @Test
    void cpuAsksNobody() {
        Device device = TaskDevice.of(DeviceChoice.CPU, gpu("1"), "spark://host:7077", () -> {
            throw new AssertionError("libtorch was loaded to find out about CUDA");
        });
        assertThat(device).isEqualTo(Device.CPU);
    }

    @Test
    void taskTakesTheFirstGpuThatSparkAssigned() {
        assertThat(TaskDevice.of(DeviceChoice.GPU, gpu("1", "0"), "spark://host:7077", () -> TWO_GPUS))
                .isEqualTo(Device.cuda(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[*]", "local[2]", "local[2,3]"})
    void localModeTakesTheFirstGpu(String master) {
        assertThat(TaskDevice.of(DeviceChoice.GPU, Map.of(), master, () -> TWO_GPUS))
                .isEqualTo(Device.cuda(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://host:7077", "yarn", "k8s://https://host", "local-cluster[2,1,1024]", ""})
    void clusterWithoutTheResourceIsRefused(String master) {
        assertThatThrownBy(() -> TaskDevice.of(DeviceChoice.GPU, Map.of(), master, () -> TWO_GPUS))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot run on the GPU (device: gpu): Spark assigned no GPU to this task. Set"
                        + " spark.executor.resource.gpu.amount, spark.task.resource.gpu.amount and"
                        + " spark.executor.resource.gpu.discoveryScript, or use --device cpu.");
    }

    @Test
    void resourceWithoutAddressesIsNone() {
        assertThatThrownBy(() -> TaskDevice.of(DeviceChoice.GPU, gpu(), "yarn", () -> TWO_GPUS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Spark assigned no GPU to this task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", "yarn"})
    void enginesWithoutCudaAreRefused(String master) {
        assertThatThrownBy(() -> TaskDevice.of(DeviceChoice.GPU, gpu("0"), master, () -> NO_CUDA))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot run on the GPU (device: gpu): libtorch finds no CUDA device in this process. Install")
                .hasMessageContainingAll("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR", "--device cpu");
    }

    @Test
    void devicesAndChoicesAreNamed() {
        assertThat(Device.CPU).hasToString("cpu");
        assertThat(Device.CPU.isCuda()).isFalse();
        assertThat(Device.cuda(12)).hasToString("cuda:12").isEqualTo(new Device("cuda:12"));
        assertThat(Device.cuda(12).ordinal()).isEqualTo(12);
        assertThatThrownBy(() -> new Device("cuda")).hasMessage("A device is cpu or cuda:N, not cuda");
        assertThatThrownBy(Device.CPU::ordinal).hasMessage("cpu has no ordinal");
        assertThat(DeviceChoice.parse("cpu")).isEqualTo(DeviceChoice.CPU);
        assertThat(DeviceChoice.parse("gpu")).isEqualTo(DeviceChoice.GPU);
        assertThatThrownBy(() -> DeviceChoice.parse("cuda"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot set device: there is no device of this name (cuda). Use cpu or gpu.");
    }

    private static Map<String, ResourceInformation> gpu(String... addresses) {
        return Map.of("gpu", new ResourceInformation("gpu", addresses));
    }
}

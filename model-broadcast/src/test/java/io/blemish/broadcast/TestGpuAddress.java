package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestGpuAddress {
    private static final String GPU_A = "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6";
    private static final String GPU_B = "GPU-8a56a4bc-9cc9-4106-b0e2-1f1d8d8d3a11";
    private static final String MIG_A = "MIG-3f5a9c12-0a4e-5b7a-9d80-6f1a2b3c4d5e";
    private static final String MIG_B = "MIG-b0a1c2d3-1111-5222-8333-944445555666";

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 15})
    void withoutAListAnIndexIsTheOrdinal(int index) {
        assertThat(GpuAddress.ordinal(Integer.toString(index), unlisted(16))).isEqualTo(index);
        assertThat(GpuAddress.ordinal(Integer.toString(index), unlisted(0))).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 2,3 | 0",
                "3 | 2,3 | 1",
                "3 | 3 | 0",
                "7 | 5, 7 ,6 | 1",
                "0 | 3,0,-1,5 | 1",
            })
    void indexIsCountedInTheList(String address, String list, int ordinal) {
        assertThat(GpuAddress.ordinal(address, listed(list))).isEqualTo(ordinal);
    }

    @ParameterizedTest
    @ValueSource(strings = {GPU_A + "," + GPU_B, "GPU-8932f937,GPU-8a56", "gpu-89,gpu-8a", "GPU-8932F937,GPU-8A56A4BC"})
    void gpuIsFoundByItsUuidOrAPrefix(String list) {
        assertThat(GpuAddress.ordinal(GPU_A, listed(list))).isZero();
        assertThat(GpuAddress.ordinal(GPU_B, listed(list))).isEqualTo(1);
    }

    @Test
    void migInstanceIsFoundByItsUuid() {
        assertThat(GpuAddress.ordinal(MIG_A, listed(MIG_A))).isZero();
        assertThat(GpuAddress.ordinal(MIG_A, listed("MIG-3f5a9c12"))).isZero();
    }

    @Test
    void olderMigNamesAreComparedInAllThreeParts() {
        String address = "MIG-" + GPU_A + "/7/0";
        assertThat(GpuAddress.ordinal(address, listed(address))).isZero();
        assertThat(GpuAddress.ordinal(address, listed("MIG-GPU-8932/7/0"))).isZero();
        assertRefused(address, listed("MIG-" + GPU_A + "/8/0"), "does not show it");
        assertRefused(address, listed("MIG-" + GPU_A + "/7/1"), "does not show it");
        assertRefused(address, listed(MIG_A), "does not show it");
    }

    @Test
    void cudaShowsOneMigInstanceOnly() {
        assertThat(GpuAddress.ordinal(MIG_A, listed(MIG_A + "," + MIG_B))).isZero();
        assertRefused(MIG_B, listed(MIG_A + "," + MIG_B), "does not show it");
        assertRefused(MIG_A, listed(GPU_A + "," + MIG_A), "does not show it");
    }

    @ParameterizedTest
    @ValueSource(strings = {GPU_A, MIG_A, "MIG-GPU-8932f937-d72c/1/0"})
    void onlyDeviceOfAContainerNeedsNoList(String address) {
        assertThat(GpuAddress.ordinal(address, unlisted(1))).isZero();
        assertRefused(address, unlisted(2), "without CUDA_VISIBLE_DEVICES its ordinal is unknown");
        assertRefused(address, unlisted(0), "without CUDA_VISIBLE_DEVICES its ordinal is unknown");
    }

    @Test
    void indexAndUuidMeetOnlyWhereOneDeviceIsShown() {
        assertThat(GpuAddress.ordinal("5", listed(GPU_A))).isZero();
        assertThat(GpuAddress.ordinal(GPU_A, listed("5"))).isZero();
        assertRefused("1", listed(GPU_A + "," + GPU_B), "does not show it");
        assertRefused(GPU_A, listed("0,1"), "does not show it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 2,3 | does not show it",
                "0 | 2 | does not show it",
                "5 | 3,0,-1,5 | does not show it",
                "5 | 3,,5 | does not show it",
                "5 | 3,GPU-,5 | does not show it",
                "0 | '' | does not show it",
                "0 | -1 | does not show it",
                "0 | NoDevFiles | does not show it",
                "1 | 0,1,1 | names it more than once",
                GPU_A + " | GPU-8,GPU-89 | names it more than once",
                GPU_A + " | GPU-9 | does not show it",
                MIG_A + " | " + GPU_A + " | does not show it",
            })
    void addressThatTheListDoesNotShowOnceIsRefused(String address, String list, String cause) {
        assertRefused(address, listed(list), cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "gpu0", "GPU-", "MIG-", "0000:3b:00.0", "1,2"})
    void addressOfAnotherFormIsRefused(String address) {
        assertRefused(address, unlisted(1), "which is neither an index nor a UUID");
    }

    @Test
    void ordinalBeyondTheDevicesIsRefused() {
        assertRefused("2", unlisted(2), "CUDA shows this process 2 device(s)");
    }

    @Test
    void refusalNamesTheListAndTheConf() {
        assertThatThrownBy(() -> GpuAddress.ordinal("0", listed("2,3")))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot run on the GPU (device: gpu): Spark assigned the GPU 0, and CUDA_VISIBLE_DEVICES=2,3"
                                + " does not show it. Let CUDA_VISIBLE_DEVICES on the executors"
                                + " (spark.executorEnv.CUDA_VISIBLE_DEVICES) name each GPU once, and the discovery script"
                                + " print it in the same way, as an index or as a UUID.");
    }

    private static void assertRefused(String address, CudaEnvironment cuda, String cause) {
        assertThatThrownBy(() -> GpuAddress.ordinal(address, cuda))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot run on the GPU (device: gpu): Spark assigned")
                .hasMessageContaining(cause);
    }

    private static CudaEnvironment listed(String list) {
        return new CudaEnvironment(Optional.of(list), true, 0);
    }

    private static CudaEnvironment unlisted(int devices) {
        return new CudaEnvironment(Optional.empty(), true, devices);
    }
}

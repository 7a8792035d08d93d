package io.blemish.broadcast;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.util.Optional;

/**
 * What this process can see of CUDA.
 *
 * @param visible the value of {@code CUDA_VISIBLE_DEVICES}; empty when it is not set, which is not the same as set to
 * nothing
 * @param available whether libtorch was built with CUDA and finds a device
 * @param devices how many devices CUDA shows this process, 0 when that cannot be told
 */
public record CudaEnvironment(Optional<String> visible, boolean available, int devices) {
    /** Asks libtorch, loading it if that has not happened yet. */
    public static CudaEnvironment ofJvm() {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        boolean available = JniUtils.getFeatures().contains("CUDA");
        return new CudaEnvironment(
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")),
                available,
                available ? CudaUtils.getGpuCount() : 0);
    }
}

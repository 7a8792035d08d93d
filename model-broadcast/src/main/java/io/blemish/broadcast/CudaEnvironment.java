package io.blemish.broadcast;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What this process can see of CUDA.
 *
 * @param visible the value of {@code CUDA_VISIBLE_DEVICES}; empty when it is not set, which is not the same as set to
 * nothing
 * @param available whether libtorch was built with CUDA and finds a device
 * @param devices how many devices CUDA shows this process, or the system where CUDA's runtime cannot be asked; 0 when
 * that cannot be told
 */
public record CudaEnvironment(Optional<String> visible, boolean available, int devices) {
    private static final Pattern DEVICE = Pattern.compile("nvidia[0-9]+");

    /** Asks libtorch, loading it if that has not happened yet. */
    public static CudaEnvironment ofJvm() {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        boolean available = JniUtils.getFeatures().contains("CUDA");
        return new CudaEnvironment(
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")),
                available,
                available ? devices(Path.of("/dev")) : 0);
    }

    private static int devices(Path folder) {
        int shown = CudaUtils.getGpuCount();
        // DJL looks for a libcudart under its usual name, which the CUDA build of libtorch need not have
        return shown > 0 ? shown : deviceFiles(folder);
    }

    /** How many GPUs have a file in the folder of devices; 0 where it cannot be read. */
    static int deviceFiles(Path folder) {
        int found = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "nvidia*")) {
            for (Path file : files) {
                found += DEVICE.matcher(file.getFileName().toString()).matches() ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return 0;
        }

        return found;
    }
}

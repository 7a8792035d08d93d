package io.blemish.jobs.inspect;

import ai.djl.util.cuda.CudaUtils;
import io.blemish.broadcast.Device;
import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.TaskDevice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.checkpoint.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Finds the precision that the executors compute best, by asking one of them. */
public final class PrecisionProbe {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Set<String> BF16_FLAGS = Set.of("avx512_bf16", "amx_bf16");

    /** Compute capability, as major and minor digit, from which GPUs multiply bfloat16 matrices. */
    private static final int BF16_CAPABILITY = 80;

    private PrecisionProbe() {}

    /** What an executor of the session computes best on the device. */
    public static Precision ofExecutor(SparkSession spark, DeviceChoice device) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(device.label()), 1)
                .map(label -> here(DeviceChoice.parse(label)))
                .first();
    }

    private static Precision here(DeviceChoice choice) throws IOException {
        if (choice == DeviceChoice.CPU) {
            boolean told = Files.isReadable(PROCESSOR);
            return ofProcessor(told ? Files.readString(PROCESSOR, StandardCharsets.UTF_8) : "");
        }
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        Device device = TaskDevice.of(choice);
        return ofCapability(CudaUtils.getComputeCapability(device.ordinal()));
    }

    /** The best precision of a processor that Linux describes so. */
    static Precision ofProcessor(String cpuinfo) {
        for (String line : cpuinfo.split("\n")) {
            if (line.startsWith("flags") && List.of(line.split("\\s+")).stream().anyMatch(BF16_FLAGS::contains)) {
                return Precision.BF16;
            }
        }
        return Precision.FP32;
    }

    /** The best precision of a GPU with the compute capability, such as {@code 90}. */
    static Precision ofCapability(String capability) {
        return Integer.parseInt(capability) >= BF16_CAPABILITY ? Precision.BF16 : Precision.FP16;
    }
}

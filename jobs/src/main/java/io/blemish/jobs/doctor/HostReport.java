package io.blemish.jobs.doctor;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import io.blemish.broadcast.CudaEnvironment;
import io.blemish.broadcast.Processor;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkEnv;

/**
 * What one process of the application says of itself.
 *
 * @param executor Spark's name of the process; {@code driver} for the driver
 * @param host the machine it runs on
 * @param java the Java that runs it
 * @param cores the cores it sees
 * @param heapMib the largest heap it may have
 * @param memoryMib the memory of its machine or container
 * @param processor the name of its processor
 * @param bfloat16 whether that computes bf16 in hardware
 * @param libtorch the version of libtorch that it loaded; empty when that failed
 * @param gpus the GPUs that libtorch can use
 * @param failure why the natives could not be loaded; empty when they were
 */
record HostReport(
        String executor,
        String host,
        String java,
        int cores,
        long heapMib,
        long memoryMib,
        String processor,
        boolean bfloat16,
        String libtorch,
        int gpus,
        String failure)
        implements Serializable {
    private static final long MIB = 1L << 20;

    /** Loads the natives in this process and reports. */
    static HostReport ofThisProcess() {
        Processor processor = Processor.ofHost();
        String libtorch = "";
        String failure = "";
        int gpus = 0;
        try {
            gpus = CudaEnvironment.ofJvm().devices();
            libtorch = Engine.getEngine("PyTorch").getVersion();
        } catch (RuntimeException | LinkageError e) {
            failure = e.toString();
        }
        SparkEnv environment = SparkEnv.get();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new HostReport(
                environment.executorId(),
                environment.blockManager().blockManagerId().host(),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MIB,
                system.getTotalMemorySize() / MIB,
                processor.model(),
                processor.computesBfloat16(),
                libtorch,
                gpus,
                failure);
    }
}

package io.blemish.broadcast;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The device on which the calling task computes. */
public final class TaskDevice {
    private static final String GPU = "gpu";

    private TaskDevice() {}

    /**
     * The device for the task of the calling thread: the first GPU that Spark assigned to it, or in local mode, where
     * Spark assigns none, the first that CUDA shows.
     *
     * @throws io.blemish.error.UserException if a GPU was asked for and cannot be had
     */
    public static Device of(DeviceChoice choice) {
        TaskContext task = TaskContext.get();
        return of(
                choice,
                task == null ? Map.of() : task.resourcesJMap(),
                SparkEnv.get().conf().get("spark.master", ""),
                CudaEnvironment::ofJvm);
    }

    static Device of(
            DeviceChoice choice,
            Map<String, ResourceInformation> resources,
            String master,
            Supplier<CudaEnvironment> environment) {
        if (choice == DeviceChoice.CPU) {
            return Device.CPU;
        }

        CudaEnvironment cuda = environment.get();
        if (!cuda.available()) {
            throw GpuAddress.refusal(
                    "libtorch finds no CUDA device in this process",
                    "Install the CUDA build and set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR on the"
                            + " executors (spark.executorEnv.…, see conf/cluster), or use --device cpu");
        }

        ResourceInformation gpu = resources.get(GPU);
        if (gpu != null && gpu.addresses().length > 0) {
            return Device.cuda(GpuAddress.ordinal(gpu.addresses()[0], cuda));
        }

        if (isLocal(master)) {
            return Device.cuda(0);
        }

        throw GpuAddress.refusal(
                "Spark assigned no GPU to this task",
                "Set spark.executor.resource.gpu.amount, spark.task.resource.gpu.amount and"
                        + " spark.executor.resource.gpu.discoveryScript, or use --device cpu");
    }

    private static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[");
    }
}

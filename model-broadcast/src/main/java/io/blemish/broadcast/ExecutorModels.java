package io.blemish.broadcast;

import io.blemish.error.InternalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this JVM: one for each device and fingerprint, whatever the number of tasks.
 *
 * <p>The first task that asks for a model writes it to a file in the executor's own local directory, loads it, and
 * deletes the file; tasks that ask meanwhile wait for that load. A model is kept while a task leases it. One idle model
 * a device is kept for the next chunk of the run, and idle models are closed when the JVM ends.
 */
public final class ExecutorModels {
    /** Models that nobody uses and that are kept all the same, on each device. */
    static final int IDLE_MODELS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorModels.class);
    private static final ModelCache MODELS = new ModelCache(IDLE_MODELS);
    private static final Map<String, Long> LOADS = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(MODELS::closeIdle, "blemish-close-models"));
    }

    private ExecutorModels() {}

    /**
     * The model, for the task that runs in the calling thread and until that task completes.
     *
     * @throws InternalException if the model could not be loaded, in every task that waited for that load; a later call
     * tries again
     */
    public static <M extends AutoCloseable> M model(ModelBroadcast broadcast, Device device, ModelLoader<M> loader) {
        TaskContext task = TaskContext.get();
        if (task == null) {
            throw new InternalException("A model was asked for outside a task: lease it, and close the lease");
        }

        Lease<M> lease = lease(broadcast, device, loader);
        task.addTaskCompletionListener((TaskCompletionListener) completed -> lease.close());
        return lease.model();
    }

    /**
     * The same, adding 1 to an accumulator of the driver for each load. Spark counts what a task adds only if the task
     * succeeds.
     */
    public static <M extends AutoCloseable> M model(
            ModelBroadcast broadcast, Device device, ModelLoader<M> loader, LongAccumulator loads) {
        ModelLoader<M> counting = (file, target) -> {
            M model = loader.load(file, target);
            loads.add(1);
            return model;
        };
        return model(broadcast, device, counting);
    }

    /** The model, until the lease is closed: for code that runs outside a task. */
    public static <M extends AutoCloseable> Lease<M> lease(
            ModelBroadcast broadcast, Device device, ModelLoader<M> loader) {
        NativeGuard.claim();
        try {
            Lease<AutoCloseable> lease = MODELS.lease(
                    new ModelCache.Key(device, broadcast.fingerprint()), () -> load(broadcast, device, loader));
            // One fingerprint is one kind of model, so the loader of whoever came first has made an M too.
            @SuppressWarnings("unchecked")
            M model = (M) lease.model();
            return new Lease<>(model, lease::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The wait for model " + broadcast.fingerprint() + " was interrupted", e);
        }
    }

    /** Closes the models of this fingerprint in this JVM: now if idle, else when their last task completes. */
    public static void release(String fingerprint) {
        MODELS.release(fingerprint);
    }

    /** How many models this JVM has loaded. */
    public static long loads() {
        return LOADS.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many times this JVM has loaded the model of this fingerprint. */
    public static long loads(String fingerprint) {
        return LOADS.getOrDefault(fingerprint, 0L);
    }

    private static <M extends AutoCloseable> M load(ModelBroadcast broadcast, Device device, ModelLoader<M> loader)
            throws Exception {
        long start = System.nanoTime();
        Path file =
                broadcast.materialise(Path.of(Utils.getLocalDir(SparkEnv.get().conf())));
        try {
            M model = loader.load(file, device);
            LOADS.merge(broadcast.fingerprint(), 1L, Long::sum);
            LOG.info("Loaded {} on {} in {} ms", broadcast, device, (System.nanoTime() - start) / 1_000_000);
            return model;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}

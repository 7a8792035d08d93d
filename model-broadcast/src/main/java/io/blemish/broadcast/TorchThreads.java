package io.blemish.broadcast;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Properties;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the engine with the number of threads that suits the task slots: {@code max(1, cores / slots)} for one
 * forward, and one between operations. Left alone, each of the concurrent forwards would use all cores.
 *
 * <p>The engine reads both numbers from system properties when it loads, and never again. A value that is set already,
 * for example in {@code spark.executor.extraJavaOptions}, is kept.
 */
public final class TorchThreads {
    static final String THREADS = "ai.djl.pytorch.num_threads";
    static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

    private static final Logger LOG = LoggerFactory.getLogger(TorchThreads.class);

    /** The number that this JVM was configured with, 0 before. */
    private static int configured;

    private TorchThreads() {}

    /** What this class needs of the engine. */
    interface LoadedEngine {
        /** The threads that one operation uses. */
        int threads();

        /** Changes them for threads that have not computed yet. */
        void useThreads(int threads);
    }

    /**
     * Sets the number of threads and loads the engine; to be called before anything else touches DJL. Only the first
     * call counts.
     *
     * @param threads threads that one forward uses on the CPU, see {@link TaskSlots#torchThreads()}
     */
    public static synchronized void configure(int threads) {
        if (configured > 0) {
            if (configured != threads) {
                LOG.warn("The engine runs with {} threads a forward; {} come too late", configured, threads);
            }

            return;
        }

        NativeGuard.claim();
        configure(threads, System.getProperties(), TorchThreads::load);
        configured = threads;
    }

    /** Returns whether the engine runs with the number that its properties ask for. */
    static boolean configure(int threads, Properties system, Supplier<LoadedEngine> load) {
        system.putIfAbsent(THREADS, Integer.toString(threads));
        system.putIfAbsent(INTEROP_THREADS, "1");
        LoadedEngine engine = load.get();
        int wanted = Integer.parseInt(system.getProperty(THREADS));
        int found = engine.threads();
        if (found == wanted) {
            return true;
        }

        LOG.warn(
                "The engine was loaded before its threads were set: it runs {} a forward instead of {}. Threads that"
                        + " have already computed keep that number.",
                found,
                wanted);
        engine.useThreads(wanted);
        return false;
    }

    private static LoadedEngine load() {
        Engine.getEngine("PyTorch");
        return new LoadedEngine() {
            @Override
            public int threads() {
                return JniUtils.getNumThreads();
            }

            @Override
            public void useThreads(int threads) {
                JniUtils.setNumThreads(threads);
            }
        };
    }
}

package io.blemish.broadcast;

import io.blemish.error.UserException;
import java.util.Properties;

/**
 * Lets one class loader of a JVM load libtorch. A second one would load its own copy of the engine's classes, and the
 * JVM gives a native library to one class loader only: the error that follows names neither the cause nor the cure.
 */
final class NativeGuard {
    /** System property that holds the identity of the class loader that came first. */
    static final String OWNER = "io.blemish.natives.loader";

    private NativeGuard() {}

    /** Claims the natives of this JVM for the class loader that this class came from. */
    static void claim() {
        claim(NativeGuard.class.getClassLoader(), System.getProperties());
    }

    static void claim(ClassLoader loader, Properties system) {
        String identity = loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
        Object owner = system.putIfAbsent(OWNER, identity);
        if (owner != null && !owner.equals(identity)) {
            throw UserException.cannot(
                    "load a model in this JVM",
                    "Blemish was loaded a second time, by " + identity + ", and the natives belong to " + owner,
                    "Put the jars of Blemish and DJL on the cluster's class path (spark.driver.extraClassPath and"
                            + " spark.executor.extraClassPath), or name them in --jars at submit, so that one class"
                            + " loader serves the whole application; do not add them to a session that already runs");
        }
    }
}

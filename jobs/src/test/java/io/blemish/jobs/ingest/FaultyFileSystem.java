package io.blemish.jobs.ingest;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under the scheme {@code faulty}: it counts what is opened, and does something else first where it is
 * told to.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
    private static final URI ROOT = URI.create("faulty:///");
    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();
    private static final List<String> OPENED = new CopyOnWriteArrayList<>();

    /** What happens when a file is opened for the n-th time, counted from 1. */
    @FunctionalInterface
    public interface Fault {
        void strike(java.nio.file.Path file, int opening) throws IOException;
    }

    /** Makes the scheme known, and forgets faults and openings. */
    public static void install(Configuration hadoop) {
        hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
        FAULTS.clear();
        OPENED.clear();
    }

    /** Lets the fault strike whenever a file of the name is opened. */
    public static void breakFile(String name, Fault fault) {
        FAULTS.put(name, fault);
    }

    /** Ends every fault. */
    public static void mend() {
        FAULTS.clear();
    }

    /** The names of the files that were opened, in order, once for each time. */
    public static List<String> opened() {
        return OPENED;
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        String name = path.getName();
        OPENED.add(name);
        Fault fault = FAULTS.get(name);
        if (fault != null) {
            int opening = (int) OPENED.stream().filter(name::equals).count();
            fault.strike(pathToFile(path).toPath(), opening);
        }
        return super.open(path, bufferSize);
    }
}

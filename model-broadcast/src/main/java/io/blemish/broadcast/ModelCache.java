package io.blemish.broadcast;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models by device and fingerprint, each loaded once however many threads ask for it, and kept while leased.
 *
 * <p>A model that nobody leases any more is kept for the next chunk of the same run, up to a number of such idle models
 * a device; the one that has been idle longest is closed first.
 */
final class ModelCache {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

    private final int idleModels;
    /** In the order in which their last lease ended, the longest idle first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    record Key(Device device, String fingerprint) {}

    private static final class Entry {
        private final CompletableFuture<AutoCloseable> model = new CompletableFuture<>();
        private int leases;
        private boolean released;
    }

    /** A cache that keeps this many unused models on each device. */
    ModelCache(int idleModels) {
        this.idleModels = idleModels;
    }

    /**
     * A lease on the model of this key. The first caller loads it; callers that come meanwhile wait for that load.
     *
     * <p>A load that fails is forgotten, and every thread that waited for it gets its error. A load that was abandoned
     * because its own thread was interrupted says nothing about the model: one of the waiting threads starts it anew.
     */
    Lease<AutoCloseable> lease(Key key, Callable<? extends AutoCloseable> loader) throws InterruptedException {
        while (true) {
            Entry entry;
            boolean first;
            synchronized (this) {
                first = !entries.containsKey(key);
                entry = entries.computeIfAbsent(key, absent -> new Entry());
                entry.leases++;
            }

            if (first) {
                load(key, entry, loader);
            }

            try {
                return new Lease<>(entry.model.get(), () -> giveBack(key, entry));
            } catch (InterruptedException e) {
                giveBack(key, entry);
                throw e;
            } catch (ExecutionException e) {
                if (first && e.getCause() instanceof InterruptedException interruption) {
                    throw interruption;
                }

                if (first || !interrupted(e.getCause())) {
                    throw failure(key, e.getCause());
                }
            }
        }
    }

    /** Closes the idle models of this fingerprint now, and those in use when their last lease ends. */
    void release(String fingerprint) {
        List<Entry> unused = new ArrayList<>();
        synchronized (this) {
            entries.entrySet().removeIf(item -> {
                boolean matches = item.getKey().fingerprint().equals(fingerprint);
                if (matches) {
                    item.getValue().released = true;
                    if (item.getValue().leases == 0) {
                        unused.add(item.getValue());
                    }
                }

                return matches;
            });
        }

        unused.forEach(ModelCache::close);
    }

    /** Closes every model that nobody leases. One in use stays: its thread may be inside native code. */
    void closeIdle() {
        evict(0);
    }

    private void load(Key key, Entry entry, Callable<? extends AutoCloseable> loader) {
        try {
            entry.model.complete(loader.call());
        } catch (Throwable e) {
            synchronized (this) {
                entries.remove(key, entry);
            }

            entry.model.completeExceptionally(e);
        }
    }

    private void giveBack(Key key, Entry entry) {
        boolean close;
        synchronized (this) {
            entry.leases--;
            close = entry.leases == 0 && entry.released;
            if (entries.remove(key, entry)) {
                entries.put(key, entry);
            }
        }

        if (close) {
            close(entry);
        }

        evict(idleModels);
    }

    private void evict(int kept) {
        List<Entry> evicted = new ArrayList<>();
        synchronized (this) {
            Map<Device, Integer> idle = new LinkedHashMap<>();
            entries.forEach((key, entry) -> idle.merge(key.device(), entry.leases == 0 ? 1 : 0, Integer::sum));
            entries.entrySet().removeIf(item -> {
                Device device = item.getKey().device();
                if (item.getValue().leases > 0 || idle.get(device) <= kept) {
                    return false;
                }

                idle.merge(device, -1, Integer::sum);
                evicted.add(item.getValue());
                return true;
            });
        }

        evicted.forEach(ModelCache::close);
    }

    private static void close(Entry entry) {
        try {
            // Nobody leases the entry, so its load has ended; a load that failed left nothing to close.
            if (!entry.model.isCompletedExceptionally()) {
                entry.model.join().close();
            }
        } catch (Exception e) {
            LOG.warn("A model could not be closed; its native memory may stay in use", e);
        }
    }

    private static RuntimeException failure(Key key, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }

        if (cause instanceof UserException || cause instanceof TaskKilledException) {
            return (RuntimeException) cause;
        }

        return new InternalException(
                "The model " + key.fingerprint() + " could not be loaded on " + key.device() + ": " + cause, cause);
    }

    private static boolean interrupted(Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof InterruptedException
                    || e instanceof ClosedByInterruptException
                    || e instanceof TaskKilledException) {
                return true;
            }
        }

        return false;
    }
}

package io.blemish.jobs;

import io.delta.storage.LocalLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

/** A log store in which something happens just before, or just after, the next commit is written. */
public final class FaultyLogStore extends LocalLogStore {
    private static final String CONFIGURATION = "spark.delta.logStore.file.impl";
    private static final AtomicReference<Plan> BEFORE = new AtomicReference<>(Plan.NONE);
    private static final AtomicReference<Plan> AFTER = new AtomicReference<>(Plan.NONE);

    public FaultyLogStore(Configuration hadoop) {
        super(hadoop);
    }

    /** What happens: the connection breaks, or another driver acts. */
    @FunctionalInterface
    interface Event {
        void happen() throws IOException;
    }

    /** An event and the commit that it waits for. */
    private record Plan(Predicate<Path> commit, Event event) {
        private static final Plan NONE = new Plan(path -> false, () -> {});

        private static void carryOut(AtomicReference<Plan> plans, Path commit) throws IOException {
            Plan plan = plans.get();
            if (plan.commit.test(commit) && plans.compareAndSet(plan, NONE)) {
                plan.event.happen();
            }
        }
    }

    /** Runs the action with this store under every table that is first opened meanwhile. */
    static void during(Runnable action) {
        SparkEnv.get().conf().set(CONFIGURATION, FaultyLogStore.class.getName());
        try {
            action.run();
        } finally {
            SparkEnv.get().conf().remove(CONFIGURATION);
            BEFORE.set(Plan.NONE);
            AFTER.set(Plan.NONE);
        }
    }

    static void beforeNextCommit(Event event) {
        BEFORE.set(new Plan(FaultyLogStore::isCommit, event));
    }

    static void afterNextCommit(Event event) {
        AFTER.set(new Plan(FaultyLogStore::isCommit, event));
    }

    /** The event happens before this version of the table is written. */
    static void beforeCommit(String table, long version, Event event) {
        String log = table + "/_delta_log/" + String.format(Locale.ROOT, "%020d.json", version);
        BEFORE.set(new Plan(path -> path.toString().endsWith(log), event));
    }

    /** The event of a connection that breaks. */
    static Event broken() {
        return () -> {
            throw new IOException("The connection broke");
        };
    }

    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop) throws IOException {
        Plan.carryOut(BEFORE, path);
        super.write(path, actions, overwrite, hadoop);
        Plan.carryOut(AFTER, path);
    }

    private static boolean isCommit(Path path) {
        return path.getName().matches("\\d{20}\\.json");
    }

    /**
     * Without this Delta would let one thread at a time commit to the table, and no other driver could act meanwhile.
     */
    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
        return false;
    }
}

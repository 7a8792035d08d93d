package io.blemish.broadcast;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * How many tasks run at once in this JVM, and on how many cores.
 *
 * @param cores cores that Spark gives this JVM, at least 1
 * @param slots tasks that run at once, at least 1
 */
public record TaskSlots(int cores, int slots) {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[([0-9]+|\\*)(?:,[0-9]+)?\\])?");
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*[0-9]+\\s*,\\s*([0-9]+)\\s*,.*\\]");

    /** Holds both to at least 1. */
    public TaskSlots {
        cores = Math.max(1, cores);
        slots = Math.max(1, slots);
    }

    /** The slots of this executor, or of the driver in local mode. */
    public static TaskSlots ofJvm() {
        return of(SparkEnv.get().conf(), Runtime.getRuntime().availableProcessors());
    }

    static TaskSlots of(SparkConf conf, int processors) {
        int cores = cores(conf, processors);
        return new TaskSlots(cores, cores / Math.max(1, conf.getInt("spark.task.cpus", 1)));
    }

    /** The threads that one forward on the CPU may use, so that all slots together use every core once. */
    public int torchThreads() {
        return Math.max(1, cores / slots);
    }

    private static int cores(SparkConf conf, int processors) {
        String master = conf.get("spark.master", "");
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            String threads = local.group(1);
            return threads == null ? 1 : threads.equals("*") ? processors : Integer.parseInt(threads);
        }

        Matcher localCluster = LOCAL_CLUSTER.matcher(master);
        if (localCluster.matches()) {
            return Integer.parseInt(localCluster.group(1));
        }

        // YARN and Kubernetes give an executor one core unless told otherwise, a standalone worker all it has.
        boolean oneByDefault = master.startsWith("yarn") || master.startsWith("k8s");
        return conf.getInt("spark.executor.cores", oneByDefault ? 1 : processors);
    }
}

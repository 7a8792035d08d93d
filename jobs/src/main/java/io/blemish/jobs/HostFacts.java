package io.blemish.jobs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What is worth knowing later about the machine that drove a run. */
final class HostFacts {
    private static final long MIB = 1L << 20;

    private HostFacts() {}

    static Map<String, String> of(SparkSession spark) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("driver", name());
        facts.put("pid", Long.toString(ProcessHandle.current().pid()));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("heap_mib", Long.toString(Runtime.getRuntime().maxMemory() / MIB));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("spark", spark.version());
        facts.put("master", spark.sparkContext().master());
        facts.put("application_id", spark.sparkContext().applicationId());
        facts.put("task_slots", Integer.toString(spark.sparkContext().defaultParallelism()));
        return facts;
    }

    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}

package io.blemish.jobs.doctor;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.TaskSlots;
import io.blemish.error.UserException;
import io.blemish.jobs.JobContext;
import io.blemish.jobs.Keys;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at everything that a run needs, before a run finds it missing: Java, the natives on the driver and on every executor,
 * processors and GPUs, memory, and the warehouse's file system and log store.
 */
public final class Doctor {
    /** Rounds of tasks after which an executor that ran none of them is reported as silent. */
    private static final int ROUNDS = 20;

    private static final long LIBTORCH_MIB = 512;
    private static final long CUDA_CONTEXT_MIB = 1024;
    /** Weights of ViT-B/32 in fp32, and the activations of a batch of 16 and its decoded photographs in each slot. */
    private static final long WEIGHTS_MIB = 351;

    private static final long SLOT_MIB = 120 + 150;

    private final SparkSession spark;
    private final JobContext context;
    private final Optional<Warehouse> warehouse;
    private final Optional<String> location;

    /** A doctor for a session and, when one is named, a warehouse at a location. */
    public Doctor(JobContext context, Optional<String> location) {
        this.context = requireNonNull(context, "context is null");
        this.spark = context.spark();
        this.location = requireNonNull(location, "location is null");
        this.warehouse = location.map(where -> Warehouse.at(spark, where));
    }

    /** Looks at everything. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Map<String, HostReport> hosts = hosts();
        hosts.values().forEach(host -> findings.addAll(findings(host)));
        findings.add(reached(hosts));
        findings.add(device(hosts));
        location.ifPresent(where -> findings.addAll(warehouse(where)));
        return List.copyOf(findings);
    }

    private Map<String, HostReport> hosts() {
        Map<String, HostReport> hosts = new TreeMap<>();
        JavaSparkContext executors = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int tasks = Math.max(2, 2 * spark.sparkContext().defaultParallelism());
        List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
        for (int round = 0; round == 0 || (round < ROUNDS && hosts.size() < executors()); round++) {
            executors
                    .parallelize(numbers, tasks)
                    .map(number -> HostReport.ofThisProcess())
                    .collect()
                    .forEach(report -> hosts.put(report.executor(), report));
        }
        return hosts;
    }

    /** Processes that run tasks: in local mode the driver, else every registered process but the driver. */
    private int executors() {
        int processes = spark.sparkContext().getExecutorMemoryStatus().size();
        return spark.sparkContext().isLocal() ? 1 : Math.max(1, processes - 1);
    }

    private Finding reached(Map<String, HostReport> hosts) {
        String detail = hosts.size() + " of " + executors() + " reached, " + slots().slots() + " task slots each";
        return hosts.size() >= executors()
                ? Finding.well("executors", detail)
                : Finding.doubtful("executors", detail, "See Spark's page of executors for the one that takes no task");
    }

    private List<Finding> findings(HostReport host) {
        String who = host.executor().equals("driver")
                ? "this machine"
                : "executor " + host.executor() + " on " + host.host();
        return List.of(java(who, host), natives(who, host), processor(who, host), memory(who, host));
    }

    private static Finding java(String who, HostReport host) {
        return host.java().contains(" 17.")
                ? Finding.well(who + ": Java", host.java())
                : Finding.doubtful(who + ": Java", host.java(), "Blemish is tested on Java 17 alone");
    }

    private static Finding natives(String who, HostReport host) {
        return host.failure().isEmpty()
                ? Finding.well(who + ": natives", "libtorch " + host.libtorch())
                : Finding.ill(
                        who + ": natives",
                        host.failure(),
                        "Check that DJL's jars are on the class path and that DJL_CACHE_DIR is writable, see conf/cluster");
    }

    private static Finding processor(String who, HostReport host) {
        String detail = host.cores() + " × " + host.processor() + (host.gpus() > 0 ? ", " + host.gpus() + " GPUs" : "");
        return host.bfloat16()
                ? Finding.well(who + ": processor", detail + ", computes bf16")
                : Finding.well(who + ": processor", detail + ", no bf16: fp32 will be used");
    }

    private Finding memory(String who, HostReport host) {
        long needed =
                WEIGHTS_MIB + LIBTORCH_MIB + slots().slots() * SLOT_MIB + (host.gpus() > 0 ? CUDA_CONTEXT_MIB : 0);
        long beyondHeap = host.memoryMib() - host.heapMib();
        String detail = String.format(
                Locale.ROOT,
                "%,d MiB, of which heap %,d; ViT-B/32 in fp32 needs about %,d beyond the heap",
                host.memoryMib(),
                host.heapMib(),
                needed);
        return beyondHeap >= needed
                ? Finding.well(who + ": memory", detail)
                : Finding.doubtful(
                        who + ": memory",
                        detail,
                        "Give spark.executor.memoryOverhead at least " + needed + "m, or less heap");
    }

    private TaskSlots slots() {
        return TaskSlots.ofJvm();
    }

    private Finding device(Map<String, HostReport> hosts) {
        String device = context.configuration().value(Keys.DEVICE);
        boolean everywhere = hosts.values().stream().allMatch(host -> host.gpus() > 0);
        return device.equals("gpu") && !everywhere
                ? Finding.ill(
                        "device",
                        "gpu is asked for, and not every executor has one that libtorch can use",
                        "Give each executor a GPU and the CUDA build of libtorch, see conf/cluster, or use --set device=cpu")
                : Finding.well("device", device);
    }

    private List<Finding> warehouse(String where) {
        return List.of(writable(where), logStore(where));
    }

    private Finding writable(String where) {
        if (where.startsWith("schema:")) {
            return Finding.well("warehouse", where + ", kept by the catalog");
        }
        Path probe = new Path(where, ".doctor-" + ProcessHandle.current().pid());
        try {
            FileSystem files = probe.getFileSystem(spark.sparkContext().hadoopConfiguration());
            files.create(probe, false).close();
            files.delete(probe, false);
            return Finding.well("warehouse", where + " can be written");
        } catch (IOException e) {
            return Finding.ill(
                    "warehouse",
                    where + " cannot be written: " + e.getMessage(),
                    "Create it, or grant the right to write");
        }
    }

    private Finding logStore(String where) {
        boolean single = context.configuration().value(Keys.S3_SINGLE_DRIVER);
        try {
            warehouse.orElseThrow().requireSafeLogStore(single ? Warehouse.Drivers.ONE : Warehouse.Drivers.MANY);
        } catch (UserException e) {
            return Finding.ill("log store", e.getMessage(), "Do what the message says");
        }
        return isLocalFile(where)
                ? Finding.well("log store", "a lock file keeps other drivers of this machine out")
                : Finding.well("log store", "keeps the commits of several drivers apart");
    }

    private static boolean isLocalFile(String where) {
        return where.startsWith("file:") || !where.contains(":");
    }
}

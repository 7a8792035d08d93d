package io.blemish.jobs;

import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The one place that opens a Spark session.
 *
 * <p>Rows hold {@link java.time.Instant} for timestamps ({@code spark.sql.datetime.java8API.enabled}) and the session's
 * time zone is UTC. Parquet files are written in row groups of 32 MiB with a size check at every row: pictures are
 * large, and the default check at every hundredth row would let a group grow far beyond what a reader wants to hold.
 * These two are Hadoop settings because Delta drops {@code parquet.*} options of a write. Pools share the task slots
 * fairly, so that the heartbeat of a run need not wait until the tasks of its work have ended.
 *
 * <p>Delta does not list the files of a table in its checksums: nothing reads these lists, and wherever the machine's
 * clock is not set to UTC a job would hold each of them against the log, after every commit. On this machine Delta's
 * checksums are written through Hadoop's {@code FileSystem}; through its {@code FileContext}, the default, each would
 * start eight processes that ask whether a file is a link.
 */
public final class SparkSessions {
    private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
    private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";
    private static final String EXTENSIONS = "spark.sql.extensions";
    private static final String MASTER = "spark.master";

    private static final String CATALOG = "spark.sql.catalogImplementation";
    private static final String IN_MEMORY = "in-memory";
    private static final String CATALOG_FOLDER = "spark.sql.warehouse.dir";

    /** Every core, and four attempts a task as on a cluster. */
    private static final String LOCAL_MASTER = "local[*,4]";

    private static final Pattern LOCAL_FORM = Pattern.compile("local(\\[([1-9]\\d*|\\*)(,[1-9]\\d*)?\\])?");

    private static final Map<String, String> EVERYWHERE = Map.ofEntries(
            Map.entry("spark.sql.catalog.spark_catalog", DELTA_CATALOG),
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.sql.datetime.java8API.enabled", "true"),
            Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
            Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
            Map.entry("spark.speculation", "false"),
            Map.entry("spark.scheduler.mode", "FAIR"),
            Map.entry("spark.databricks.delta.allFilesInCrc.enabled", "false"),
            Map.entry("spark.redaction.regex", Configuration.SECRETS),
            Map.entry("spark.hadoop.parquet.block.size", Integer.toString(32 << 20)));

    /** Columns whose values hardly ever repeat: Parquet would try a dictionary for each of their pages in vain. */
    private static final List<String> DISTINCT = List.of(
            "image_id",
            "uri",
            "margin",
            "caption_logprob",
            "clip_score",
            "top.list.element.probability",
            "top.list.element.similarity",
            "maps.list.element.grid.list.element",
            "grid.list.element",
            "embedding.list.element");

    private static final Map<String, String> LOCALLY = Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.ui.enabled", "false",
            "spark.ui.showConsoleProgress", "false",
            "spark.sql.shuffle.partitions", "8",
            "spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore",
            "spark.sql.streaming.checkpointFileManagerClass",
                    "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager",
            "spark.databricks.delta.snapshotPartitions", "2");

    private SparkSessions() {}

    /** A session, and whether closing it stops Spark: not when it was there before. */
    public static final class Opened implements AutoCloseable {
        private final SparkSession spark;
        private final boolean ours;

        private Opened(SparkSession spark, boolean ours) {
            this.spark = spark;
            this.ours = ours;
        }

        /** The session. */
        public SparkSession spark() {
            return spark;
        }

        @Override
        public void close() {
            if (ours) {
                spark.stop();
            }
        }
    }

    /**
     * The session of this process, opened when there is none yet.
     *
     * @param master the master that the user named; without one, that of spark-submit, and without that this machine
     * @throws UserException when the user means this machine, but not in a form that Spark knows
     */
    public static Opened open(Configuration configuration, Optional<String> master) {
        master.ifPresent(SparkSessions::requireForm);
        Option<SparkSession> active = SparkSession.getDefaultSession();
        if (active.isDefined() && !active.get().sparkContext().isStopped()) {
            return new Opened(active.get(), false);
        }
        SparkConf settings = settings(configuration, master);
        return new Opened(SparkSession.builder().config(settings).getOrCreate(), true);
    }

    private static void requireForm(String master) {
        if (master.startsWith("local") && !LOCAL_FORM.matcher(master).matches()) {
            throw UserException.cannot(
                    "use the master " + Printable.text(master),
                    "it is neither local, local[THREADS] nor local[THREADS,ATTEMPTS]",
                    "Correct --master, for example to local[*]");
        }
    }

    /** Everything that Spark is started with; what the user, or spark-submit, has set stays. */
    public static SparkConf settings(Configuration configuration, Optional<String> master) {
        SparkConf settings = new SparkConf();
        configuration.spark().forEach(settings::set);
        master.ifPresent(named -> settings.set(MASTER, named));
        settings.setIfMissing(MASTER, LOCAL_MASTER);
        settings.setIfMissing("spark.app.name", "blemish");
        settings.set(EXTENSIONS, withDelta(settings.get(EXTENSIONS, "")));
        EVERYWHERE.forEach(settings::setIfMissing);
        DISTINCT.forEach(column -> settings.setIfMissing("spark.hadoop.parquet.enable.dictionary#" + column, "false"));
        if (settings.get(MASTER).startsWith("local")) {
            LOCALLY.forEach(settings::setIfMissing);
            keepFolderClean(settings);
        }
        return settings;
    }

    /**
     * A catalog that ends with the process has a folder all the same, which Spark would leave, empty, where the command
     * was called.
     */
    private static void keepFolderClean(SparkConf settings) {
        if (settings.get(CATALOG, IN_MEMORY).equals(IN_MEMORY)) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            settings.setIfMissing(
                    CATALOG_FOLDER,
                    temporary
                            .resolve("blemish-catalog-" + System.getProperty("user.name"))
                            .toUri()
                            .toString());
        }
    }

    private static String withDelta(String extensions) {
        if (extensions.isBlank()) {
            return DELTA_EXTENSION;
        }
        return extensions.contains(DELTA_EXTENSION) ? extensions : extensions + "," + DELTA_EXTENSION;
    }
}

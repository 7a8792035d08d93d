package io.blemish.jobs.inspect;

import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Has Spark cut scans into several tasks for each slot, until it is closed. Left alone, it packs the small files of a
 * small warehouse into one task a slot, and while the longest of them ends, all other cores would be idle.
 */
public final class ScanTasks implements AutoCloseable {
    private static final String CONFIGURATION = "spark.sql.files.minPartitionNum";
    private static final int PER_SLOT = 4;

    private final RuntimeConfig configuration;
    private final Option<String> before;

    /** Changes the session's scans from now on; a setting of the user's stays. */
    public ScanTasks(SparkSession spark) {
        this.configuration = spark.conf();
        this.before = configuration.getOption(CONFIGURATION);
        if (before.isEmpty()) {
            configuration.set(
                    CONFIGURATION, (long) PER_SLOT * spark.sparkContext().defaultParallelism());
        }
    }

    @Override
    public void close() {
        if (before.isEmpty()) {
            configuration.unset(CONFIGURATION);
        }
    }
}

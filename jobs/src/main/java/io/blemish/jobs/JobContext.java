package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.SparkSession;

/** What every job works with: Spark, the settings, and where to tell how it is getting on. */
public record JobContext(SparkSession spark, Configuration configuration, Terminal terminal) {
    public JobContext {
        requireNonNull(spark, "spark is null");
        requireNonNull(configuration, "configuration is null");
        requireNonNull(terminal, "terminal is null");
    }
}

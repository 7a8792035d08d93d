package io.blemish.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Base of the tests that need Spark: one session for all of them, with the settings that the command line gives it,
 * except that plans are interpreted: for a few rows, compiling them costs more than running them.
 */
public abstract class SparkTest {
    /** Two task slots; a failed task is tried four times, as on a cluster. */
    private static final String MASTER = "local[2,4]";

    /** The session that all tests of this process share. */
    protected static final SparkSession spark = open();

    private static SparkSession open() {
        Configuration configuration = Configuration.builder()
                .set(Map.of(
                        "spark.sql.shuffle.partitions", "2",
                        "spark.sql.codegen.wholeStage", "false",
                        "spark.sql.codegen.factoryMode", "NO_CODEGEN",
                        "spark.sql.warehouse.dir", temporaryFolder(),
                        "spark.databricks.delta.snapshotPartitions", "1"))
                .build();
        SparkSession session =
                SparkSessions.open(configuration, Optional.of(MASTER)).spark();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    private static String temporaryFolder() {
        try {
            return Files.createTempDirectory("blemish-spark").toUri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder", e);
        }
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What Spark is started with. */
class TestSparkSessions {
    private static final String CATALOG_FOLDER = "spark.sql.warehouse.dir";

    private static SparkConf settings(Map<String, String> given) {
        return SparkSessions.settings(Configuration.builder().set(given).build(), Optional.empty());
    }

    @Test
    void catalogThatEndsWithTheProcessLeavesNoFolderBehind() {
        assertThat(settings(Map.of()).get(CATALOG_FOLDER))
                .startsWith(
                        Path.of(System.getProperty("java.io.tmpdir")).toUri().toString());
    }

    @Test
    void catalogThatStaysHasItsFolderWhereItsUserWants() {
        assertThat(settings(Map.of("spark.sql.catalogImplementation", "hive")).contains(CATALOG_FOLDER))
                .isFalse();
        assertThat(settings(Map.of(CATALOG_FOLDER, "file:/tables")).get(CATALOG_FOLDER))
                .isEqualTo("file:/tables");
    }
}

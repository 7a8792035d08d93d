package io.blemish.tables;

import java.util.List;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Has a session close Parquet's pages and groups of rows after the very row that makes them large enough, until it is
 * closed. Left alone, Parquet looks every hundred rows at least, and a hundred photographs may be more than the memory
 * holds. Of rows of words and numbers it would be a waste of time to look at each.
 */
final class PicturePages implements AutoCloseable {
    private static final List<String> SETTINGS =
            List.of("parquet.page.size.row.check.min", "parquet.page.size.row.check.max");

    private final RuntimeConfig configuration;

    /** Changes the session's writes until it is closed. */
    PicturePages(SparkSession spark) {
        this.configuration = spark.conf();
        cut(spark);
    }

    /** Changes the session's writes for good. */
    static void cut(SparkSession spark) {
        SETTINGS.forEach(setting -> spark.conf().set(setting, 1));
    }

    @Override
    public void close() {
        SETTINGS.forEach(configuration::unset);
    }
}

package io.blemish.tables;

import io.blemish.error.UserException;
import java.net.URI;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Which of Delta's log stores keeps commits apart when several drivers write at the same time. */
final class LogStores {
    private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");
    private static final String SINGLE_DRIVER = "S3SingleDriverLogStore";

    private LogStores() {}

    /** Refuses the log store that Delta falls back to on S3, which makes commits exclusive within one driver only. */
    static void requireSafeForMany(SparkSession spark, URI warehouse) {
        String scheme = warehouse.getScheme();
        if (scheme == null || !S3.contains(scheme)) {
            return;
        }
        String key = "spark.delta.logStore." + scheme + ".impl";
        String store = spark.sparkContext().getConf().get(key, SINGLE_DRIVER);
        if (store.endsWith(SINGLE_DRIVER)) {
            throw UserException.cannot(
                    "write to the warehouse " + warehouse,
                    "its log store " + SINGLE_DRIVER + " loses commits when two drivers write",
                    "Set " + key + " to io.delta.storage.S3DynamoDBLogStore, or vouch with"
                            + " --set s3.single-driver=true that no other driver writes");
        }
    }
}

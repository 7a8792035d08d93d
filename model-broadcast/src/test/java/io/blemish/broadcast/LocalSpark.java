package io.blemish.broadcast;

import org.apache.spark.sql.SparkSession;

/** Spark inside the test's JVM, on loopback and without its web pages. */
final class LocalSpark implements AutoCloseable {
    static final String JAVA_SERIALIZER = "org.apache.spark.serializer.JavaSerializer";
    static final String KRYO_SERIALIZER = "org.apache.spark.serializer.KryoSerializer";

    private final SparkSession session;

    private LocalSpark(SparkSession session) {
        this.session = session;
    }

    static LocalSpark start() {
        return start(JAVA_SERIALIZER);
    }

    /** Starts Spark with this serializer for data; Kryo refuses classes that are not registered. */
    static LocalSpark start(String serializer) {
        return new LocalSpark(SparkSession.builder()
                .master("local[2]")
                .appName("blemish-test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.serializer", serializer)
                .config("spark.kryo.registrationRequired", "true")
                .config("spark.task.maxFailures", "1")
                .getOrCreate());
    }

    SparkSession session() {
        return session;
    }

    @Override
    public void close() {
        session.stop();
    }
}

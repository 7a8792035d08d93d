package io.blemish.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The name under which Spark shows the jobs of this thread; the name before it comes back when it is closed. */
final class JobGroup implements AutoCloseable {
    private static final String ID = "spark.jobGroup.id";
    private static final String DESCRIPTION = "spark.job.description";
    private static final String INTERRUPT = "spark.job.interruptOnCancel";

    private final SparkContext spark;
    private final Map<String, String> before = new LinkedHashMap<>();

    private JobGroup(SparkContext spark) {
        this.spark = spark;
    }

    static JobGroup named(SparkSession session, String id, String description) {
        JobGroup group = new JobGroup(session.sparkContext());
        for (String property : new String[] {ID, DESCRIPTION, INTERRUPT}) {
            group.before.put(property, group.spark.getLocalProperty(property));
        }
        group.spark.setJobGroup(id, description, false);
        return group;
    }

    @Override
    public void close() {
        before.forEach(spark::setLocalProperty);
    }
}

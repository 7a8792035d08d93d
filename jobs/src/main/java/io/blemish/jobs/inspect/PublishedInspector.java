package io.blemish.jobs.inspect;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.udfs.Inspector;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** An inspector whose model and settings are with the executors until it is closed. */
public final class PublishedInspector implements AutoCloseable {
    private final ModelBroadcast vision;
    private final Broadcast<InspectorSettings> settings;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final Inspector inspector;

    private PublishedInspector(
            ModelBroadcast vision,
            Optional<PublishedCaptioner> captioner,
            Broadcast<InspectorSettings> settings,
            Broadcast<SerializableConfiguration> hadoop,
            InspectorMeasures measures) {
        this.vision = vision;
        this.settings = settings;
        this.hadoop = hadoop;
        this.inspector =
                new Inspector(vision, captioner.map(PublishedCaptioner::captioning), settings, hadoop, measures);
    }

    /**
     * Publishes the vision tower and how to use it.
     *
     * @param encoderId identity of the tower in this precision
     * @param captioner what captions are written by, which the caller closes; empty for none
     */
    public static PublishedInspector publish(
            SparkSession spark,
            Clip clip,
            Precision precision,
            String encoderId,
            Optional<PublishedCaptioner> captioner,
            InspectorSettings settings,
            InspectorMeasures measures) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        ModelBroadcast vision = ModelBroadcast.publish(spark, encoderId, target -> clip.writeVision(target, precision));
        return new PublishedInspector(
                vision,
                captioner,
                context.broadcast(settings),
                context.broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf())),
                measures);
    }

    /** The inspector. */
    public Inspector inspector() {
        return inspector;
    }

    @Override
    public void close() {
        vision.close();
        settings.unpersist();
        hadoop.unpersist();
    }
}

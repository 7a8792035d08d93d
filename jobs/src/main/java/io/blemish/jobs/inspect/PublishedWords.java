package io.blemish.jobs.inspect;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.ModelBroadcast;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.WordExplainer;
import io.blemish.udfs.WordSettings;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What tells on what the words of captions rest; its models and settings are with the executors until it is closed.
 *
 * @param explainer that tells it
 * @param settings the models and how they are used
 * @param hadoop how to reach images that are kept by reference
 */
public record PublishedWords(
        WordExplainer explainer, Broadcast<WordSettings> settings, Broadcast<SerializableConfiguration> hadoop)
        implements AutoCloseable {
    /** How the models are run. */
    public record Use(InspectorSettings.Preparation preparation, DeviceChoice device, int batchSize) {}

    /** Publishes the vision tower, the mapper and the language model. */
    public static PublishedWords publish(
            SparkSession spark, Encoder encoder, CaptionerBundle captioner, Use use, InspectorMeasures measures) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        ModelBroadcast vision = ModelBroadcast.publish(
                spark, encoder.id(), target -> encoder.clip().writeVision(target, encoder.precision()));
        Broadcast<WordSettings> settings = context.broadcast(new WordSettings(
                vision,
                captioner.publishMapper(spark),
                captioner.mapper().config(),
                captioner.publishLanguageModel(spark, "-lm-gradients"),
                captioner.mapper().prompt(),
                use.preparation(),
                use.device(),
                use.batchSize()));
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        return new PublishedWords(new WordExplainer(settings, hadoop, measures), settings, hadoop);
    }

    @Override
    public void close() {
        settings.value().vision().close();
        settings.value().mapper().close();
        settings.value().languageModel().close();
        settings.unpersist();
        hadoop.unpersist();
    }
}

package io.blemish.udfs;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a run report to its driver: time by {@link Stage} and counts. Spark adds what a task reports only
 * when the task succeeds, and once for each partition of a job, so the counts are exact for every chunk that was
 * committed.
 */
public final class InspectorMeasures implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<Stage, LongAccumulator> nanoseconds = new EnumMap<>(Stage.class);
    private final EnumMap<Count, LongAccumulator> counts = new EnumMap<>(Count.class);

    /** Registers the accumulators of one run with its driver. */
    public InspectorMeasures(SparkContext context) {
        this(context::longAccumulator);
    }

    InspectorMeasures(Function<String, LongAccumulator> named) {
        for (Stage stage : Stage.values()) {
            nanoseconds.put(stage, named.apply("nanoseconds to " + stage.label()));
        }
        for (Count count : Count.values()) {
            counts.put(count, named.apply(count.label()));
        }
    }

    /** What is counted. */
    public enum Count {
        /** Images inspected. */
        OK,
        /** Images that could not be inspected. */
        FAILED,
        /** Images that had been inspected without the captioner, and were taken over. */
        CAPTIONED,
        /** Images that passed through the model, each once. */
        FORWARDS,
        /** Calls of the model, each with a batch of images. */
        BATCHES,
        /** Loads of the model into a JVM. */
        LOADS,
        /** Batches that were cut in two because the device ran out of memory. */
        HALVINGS;

        /** The name in {@code runs.counts}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void spent(Stage stage, long nanos) {
        nanoseconds.get(stage).add(nanos);
    }

    void add(Count count, long more) {
        counts.get(count).add(more);
    }

    /** The accumulator of a count. */
    public LongAccumulator counter(Count count) {
        return counts.get(count);
    }

    /** The count so far. On the driver. */
    public long count(Count count) {
        return counts.get(count).value();
    }

    /** Seconds of all tasks together, by {@link Stage#label()}. On the driver. */
    public Map<String, Double> stageSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        nanoseconds.forEach((stage, sum) -> seconds.put(stage.label(), sum.value() / 1e9));
        return seconds;
    }
}

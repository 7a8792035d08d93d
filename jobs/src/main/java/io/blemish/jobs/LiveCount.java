package io.blemish.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The sum of some accumulators with what running tasks have added so far. An accumulator alone moves only when a task
 * ends, and a task may take many minutes; what tasks add meanwhile comes with the executors' heartbeats.
 *
 * <p>Good for showing progress alone: for a moment after its end, a task may be counted twice.
 */
final class LiveCount extends SparkListener implements AutoCloseable {
    private final SparkContext context;
    private final List<LongAccumulator> accumulators;
    private final Set<Long> ids;
    private final Map<Long, Long> running = new ConcurrentHashMap<>();

    private LiveCount(SparkContext context, List<LongAccumulator> accumulators) {
        this.context = context;
        this.accumulators = accumulators;
        this.ids = accumulators.stream().map(LongAccumulator::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Starts to listen; closing stops it. */
    static LiveCount of(SparkContext context, List<LongAccumulator> accumulators) {
        LiveCount count = new LiveCount(context, accumulators);
        context.addSparkListener(count);
        return count;
    }

    /** The sum as far as it is known. */
    long value() {
        long finished = accumulators.stream().mapToLong(LongAccumulator::sum).sum();
        return finished + running.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        CollectionConverters.asJava(update.accumUpdates()).forEach(task -> {
            long added = CollectionConverters.asJava(task._4()).stream()
                    .filter(info -> ids.contains(info.id()))
                    .mapToLong(LiveCount::added)
                    .sum();
            running.put((Long) task._1(), added);
        });
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }

    private static long added(AccumulableInfo info) {
        return info.update().isDefined() && info.update().get() instanceof Long added ? added : 0;
    }
}

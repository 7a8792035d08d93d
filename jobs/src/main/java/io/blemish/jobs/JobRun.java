package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a job, from its first event in {@code runs} to its last.
 *
 * <p>While the job works, a heartbeat is appended every {@code runs.heartbeat}, so that another driver can tell a slow
 * run from a dead one. Spark's pages show the jobs of the run under its description. Counts, stages and identities may
 * be reported from any thread; the event rows carry what has been reported so far.
 */
public final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /**
     * Within one pool Spark starts the tasks of the older job first: a heartbeat in the pool of the work would wait
     * until the work leaves a slot free, and the run would look dead.
     */
    private static final String HEARTBEAT_POOL = "heartbeat";

    private final JobContext context;
    private final Warehouse warehouse;
    private final String job;
    private final String id = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Map<String, Double> stageSeconds = new ConcurrentHashMap<>();
    private final Map<String, String> host;
    private volatile Optional<RunEvent.Input> input = Optional.empty();
    private volatile long images;

    private JobRun(JobContext context, Warehouse warehouse, String job) {
        this.context = context;
        this.warehouse = warehouse;
        this.job = job;
        this.host = HostFacts.of(context.spark());
    }

    /** A run that leaves no trace: a job that only tells what it would do works in it. */
    static JobRun rehearsal(JobContext context, Warehouse warehouse, String job) {
        return new JobRun(context, warehouse, job);
    }

    /** What a job does within its run. */
    @FunctionalInterface
    public interface Work {
        Summary run(JobRun run) throws Exception;
    }

    /** How a run ended: its last event, and what it tells. */
    public record Ended(RunEvent event, Summary summary) {}

    /**
     * Runs the job: appends {@code started}, does the work, appends {@code finished}, or {@code failed} when the work
     * throws.
     *
     * @param job the job's name on the command line
     * @param description one sentence for Spark's pages, for example {@code Ingesting /photos into /warehouse}
     */
    @SuppressWarnings("try") // The group names what runs until it is closed.
    public static Ended execute(JobContext context, Warehouse warehouse, String job, String description, Work work)
            throws Exception {
        requireNonNull(work, "work is null");
        warehouse.create(RunsTable.DEFINITION);
        JobRun run = new JobRun(context, warehouse, job);
        try (JobGroup group = JobGroup.named(context.spark(), run.id, description)) {
            run.append(RunEvent.State.STARTED, Optional.empty());
            Summary summary = run.beating(work);
            return new Ended(run.append(RunEvent.State.FINISHED, Optional.empty()), summary);
        } catch (Throwable e) {
            // Errors too: a library that does not load, or memory that does not suffice, ends the run as well.
            run.appendFailure(e);
            throw e;
        }
    }

    /** The run's id; every append of the run carries it. */
    public String id() {
        return id;
    }

    /** When the run began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Reports the table that the run reads, and pins its version. */
    public void input(TableDefinition table, long version) {
        input = Optional.of(new RunEvent.Input(table.name(), version));
    }

    /** Reports the identity of something that the run uses, such as {@code encoder_id}. */
    public void identify(String name, String identity) {
        ids.put(name, identity);
    }

    /** Adds to a count, such as {@code ok} or {@code rejected}. */
    public void count(String status, long more) {
        counts.merge(status, more, Long::sum);
    }

    /** The count reported so far; 0 when none was. */
    public long counted(String status) {
        return counts.getOrDefault(status, 0L);
    }

    /** Reports that more images are done, for the rate. */
    public synchronized void imagesDone(long more) {
        images += more;
    }

    /** Times a stage until it is closed; stages of one name add up. */
    public Stage stage(String name) {
        long begin = System.nanoTime();
        return () -> stageSeconds.merge(name, seconds(System.nanoTime() - begin), Double::sum);
    }

    /** Adds seconds that a stage took somewhere else, such as in tasks. */
    public void stageSeconds(String name, double seconds) {
        stageSeconds.merge(name, seconds, Double::sum);
    }

    /** A stage that is being timed. */
    @FunctionalInterface
    public interface Stage extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Shows progress until it is closed.
     *
     * @param noun what is counted, in the plural
     * @param total how many there are
     * @param done how many are done, asked for from another thread
     */
    public Progress progress(String noun, long total, LongSupplier done) {
        return Progress.start(context.terminal(), job + ": " + noun, total, done);
    }

    @SuppressWarnings("try") // The ticker beats until it is closed.
    private Summary beating(Work work) throws Exception {
        Duration interval = context.configuration().value(Keys.RUNS_HEARTBEAT);
        try (Ticker heartbeat = Ticker.every(interval, "heartbeat-" + job, this::beat)) {
            return work.run(this);
        }
    }

    private void beat() {
        context.spark().sparkContext().setLocalProperty("spark.scheduler.pool", HEARTBEAT_POOL);
        try {
            append(RunEvent.State.HEARTBEAT, Optional.empty());
        } catch (Exception e) {
            // Scala throws checked exceptions without declaring them. The next beat tries again; a run that stays
            // silent for long may be taken over, which is then right.
            LOG.warn("Run {} could not append its heartbeat", id, e);
        }
    }

    private void appendFailure(Throwable failure) {
        try {
            append(RunEvent.State.FAILED, Optional.of(message(failure)));
        } catch (Throwable e) {
            // The JVM may throw one and the same OutOfMemoryError twice, and nothing can be suppressed by itself.
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** The message of an error seldom says what it is: that of a class that is not found is its bare name. */
    private static String message(Throwable failure) {
        return failure instanceof Exception && failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }

    private synchronized RunEvent append(RunEvent.State state, Optional<String> message) {
        RunEvent event = new RunEvent(
                id,
                job,
                state,
                Instant.now(),
                input,
                rate(),
                message,
                ids,
                counts,
                stageSeconds,
                host,
                context.configuration().toJson());
        warehouse.append(RunsTable.DEFINITION, event.row(context.spark()), id);
        return event;
    }

    private OptionalDouble rate() {
        double elapsed = seconds(Duration.between(startedAt, Instant.now()).toNanos());
        return images == 0 || elapsed == 0 ? OptionalDouble.empty() : OptionalDouble.of(images / elapsed);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}

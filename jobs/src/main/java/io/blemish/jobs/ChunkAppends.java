package io.blemish.jobs;

import io.blemish.error.InternalException;
import io.blemish.jobs.inspect.ScanTasks;
import io.blemish.tables.Warehouse;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Appends chunks of inspections in their order, each in one commit of a claim, and shows how far the run has come. */
final class ChunkAppends {
    private final Warehouse warehouse;
    private final JobRun run;
    private final List<LongAccumulator> done;
    private int appended;

    /**
     * The appends of a run.
     *
     * @param done what tasks count, one for each image
     */
    ChunkAppends(Warehouse warehouse, JobRun run, List<LongAccumulator> done) {
        this.warehouse = warehouse;
        this.run = run;
        this.done = done;
    }

    /** How many were made. */
    int appended() {
        return appended;
    }

    /**
     * Appends what is left.
     *
     * @param rows of a chunk, given its condition
     * @throws ClaimLostException when another driver took over meanwhile
     */
    @SuppressWarnings("try") // Tasks scan, and progress is shown, until they are closed.
    void append(Claim claim, List<Chunks.Chunk> left, Function<Column, Dataset<Row>> rows) {
        if (left.isEmpty()) {
            return;
        }
        long total = left.stream().mapToLong(Chunks.Chunk::images).sum();
        try (ScanTasks tasks = new ScanTasks(warehouse.spark());
                LiveCount count = LiveCount.of(warehouse.spark().sparkContext(), done);
                Progress progress = run.progress("images", total, count::value)) {
            for (Chunks.Chunk chunk : left) {
                CommitLog.Commit commit = claim.append(rows.apply(chunk.condition()));
                if (commit.rows().orElse(-1) != chunk.images()) {
                    throw new InternalException("A chunk of " + chunk.images() + " images was committed as version "
                            + commit.version() + " with " + commit.rows() + " rows");
                }
                run.imagesDone(chunk.images());
                appended++;
            }
        }
    }
}

package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Signs of life as the table {@code runs} records them. */
public final class RunHeartbeats implements Claim.Heartbeats {
    private static final Set<String> ENDED = Set.of(RunEvent.State.FINISHED.label(), RunEvent.State.FAILED.label());

    private final Warehouse warehouse;

    /** The runs of the warehouse. */
    public RunHeartbeats(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * A run that works: begun, not ended, and heard of lately.
     *
     * @param input the table that it reads, at the version that it has pinned
     */
    public record Living(String runId, String job, Instant startedAt, Optional<RunEvent.Input> input) {}

    /** The runs that work, as far as their signs of life tell, the oldest first. */
    public List<Living> living(Duration staleAfter) {
        return warehouse
                .read(RunsTable.DEFINITION)
                .groupBy("run_id", "job")
                .agg(
                        min("at").as("started_at"),
                        max("at").as("heard_at"),
                        max(col("state").isInCollection(ENDED)).as("ended"),
                        max_by(col("input_table"), col("at")).as("input_table"),
                        max_by(col("input_version"), col("at")).as("input_version"))
                .where(not(col("ended"))
                        .and(col("heard_at").gt(lit(Instant.now().minus(staleAfter)))))
                .orderBy("started_at", "run_id")
                .collectAsList()
                .stream()
                .map(RunHeartbeats::living)
                .toList();
    }

    private static Living living(Row run) {
        Optional<RunEvent.Input> input = Optional.<String>ofNullable(run.getAs("input_table"))
                .map(table -> new RunEvent.Input(table, run.<Long>getAs("input_version")));
        return new Living(run.getAs("run_id"), run.getAs("job"), run.getAs("started_at"), input);
    }

    @Override
    public Optional<Instant> last(String runId) {
        List<Row> events = warehouse
                .read(RunsTable.DEFINITION)
                .where(col("run_id").equalTo(runId))
                .select("state", "at")
                .collectAsList();
        if (events.stream().anyMatch(event -> ENDED.contains(event.getString(0)))) {
            return Optional.empty();
        }
        return events.stream().map(event -> (Instant) event.get(1)).max(Instant::compareTo);
    }
}

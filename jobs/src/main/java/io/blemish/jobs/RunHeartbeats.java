package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;

import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
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

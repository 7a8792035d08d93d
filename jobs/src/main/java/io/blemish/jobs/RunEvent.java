package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.InternalException;
import io.blemish.tables.RunsTable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One event of a job run: a row of {@code runs}.
 *
 * @param runId the run
 * @param job the job, as on the command line
 * @param state what happened
 * @param at when
 * @param input the table that the run reads, at its pinned version
 * @param imagesPerSecond images done by the wall clock since the run began
 * @param message why the run failed
 * @param ids identities of what the run used, by name
 * @param counts outcomes by name
 * @param stageSeconds seconds by stage
 * @param host facts about the driver
 * @param configuration every key and its value as JSON
 */
public record RunEvent(
        String runId,
        String job,
        State state,
        Instant at,
        Optional<Input> input,
        OptionalDouble imagesPerSecond,
        Optional<String> message,
        Map<String, String> ids,
        Map<String, Long> counts,
        Map<String, Double> stageSeconds,
        Map<String, String> host,
        String configuration) {
    public RunEvent {
        requireNonNull(runId, "runId is null");
        requireNonNull(state, "state is null");
        ids = Map.copyOf(ids);
        counts = Map.copyOf(counts);
        stageSeconds = Map.copyOf(stageSeconds);
        host = Map.copyOf(host);
    }

    /** What can happen to a run. */
    public enum State {
        STARTED,
        HEARTBEAT,
        FINISHED,
        FAILED;

        /** The state as the table holds it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A table and the version of it that is read. */
    public record Input(String table, long version) {}

    /** The event as one line of JSON: the columns of {@code runs}. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("run_id", runId);
        json.put("job", job);
        json.put("state", state.label());
        json.put("at", at.toString());
        json.put("input_table", input.map(Input::table).orElse(null));
        json.put("input_version", input.map(Input::version).orElse(null));
        json.put("images_per_second", imagesPerSecond.isPresent() ? imagesPerSecond.getAsDouble() : null);
        json.put("message", message.orElse(null));
        json.set("ids", mapper.valueToTree(ids));
        json.set("counts", mapper.valueToTree(counts));
        json.set("stage_seconds", mapper.valueToTree(stageSeconds));
        json.set("host", mapper.valueToTree(host));
        try {
            json.set("configuration", mapper.readTree(configuration));
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new InternalException("The event of run " + runId + " has no JSON form", e);
        }
    }

    /** The event as a data set of one row of {@code runs}. */
    Dataset<Row> row(SparkSession spark) {
        Row row = RowFactory.create(
                runId,
                job,
                state.label(),
                at,
                input.map(Input::table).orElse(null),
                input.map(Input::version).orElse(null),
                imagesPerSecond.isPresent() ? imagesPerSecond.getAsDouble() : null,
                message.orElse(null),
                CollectionConverters.asScala(ids),
                CollectionConverters.asScala(counts),
                CollectionConverters.asScala(stageSeconds),
                CollectionConverters.asScala(host),
                configuration);
        return spark.createDataFrame(List.of(row), RunsTable.DEFINITION.schema())
                .coalesce(1);
    }
}

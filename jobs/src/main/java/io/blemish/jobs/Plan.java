package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.InternalException;

/**
 * What a job would do: the answer to {@code --dry-run}. It stands in no table, for a dry run writes nothing.
 *
 * @param job the job, as on the command line
 * @param summary what would be done, as a person is told
 */
public record Plan(String job, Summary summary) {
    /** {@code state} of a plan, where a run has {@code finished}. */
    static final String STATE = "planned";

    public Plan {
        requireNonNull(job, "job is null");
        requireNonNull(summary, "summary is null");
    }

    /** The plan as one line of JSON: job, state and counts, as a run's record has them. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put("job", job).put("state", STATE);
        ObjectNode counts = json.putObject("counts");
        summary.entries().forEach(entry -> counts.put(entry.what().strip().replace(' ', '_'), entry.count()));
        try {
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new InternalException("The plan of " + job + " has no JSON form", e);
        }
    }
}

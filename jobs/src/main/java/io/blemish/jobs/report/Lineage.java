package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the report's figures come from.
 *
 * @param captionerName name of the captioner's folder; empty without a captioner
 * @param promotion the newest promotion of the report's encoder and knowledge base; empty when there was none
 * @param tables what was read
 * @param runs the newest finished run of each job, in the order in which they ended
 */
record Lineage(
        Optional<String> captionerName, Optional<Promotion> promotion, List<TableVersion> tables, List<JobRun> runs) {
    Lineage {
        requireNonNull(captionerName, "captionerName is null");
        requireNonNull(promotion, "promotion is null");
        tables = List.copyOf(tables);
        runs = List.copyOf(runs);
    }

    /** When and by whom something was promoted. */
    record Promotion(Instant at, String author) {}

    /** A table and its version. */
    record TableVersion(String name, long version) {}

    /** A run that ended well. */
    record JobRun(String job, String runId, Instant at) {}
}

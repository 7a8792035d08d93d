package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report tells, as plain values: {@link Page} makes pages of it without asking anybody.
 *
 * @param provenance what was read
 * @param overview totals
 * @param sites defects by site
 * @param products defects by product
 * @param timeline defects over time, where photographs are dated
 * @param trends what rises and what falls, where that was computed
 * @param exhibits photographs in their order
 * @param tiles how the heat maps of the gallery were made; empty when none are drawn
 * @param scores of the newest evaluation; none when there is no evaluation
 * @param lineage what the figures come from
 */
public record Findings(
        Provenance provenance,
        Overview overview,
        Breakdown sites,
        Breakdown products,
        Optional<Timeline> timeline,
        Optional<Trends> trends,
        List<Exhibit> exhibits,
        Optional<String> tiles,
        Scores scores,
        Lineage lineage) {
    public Findings {
        requireNonNull(provenance, "provenance is null");
        exhibits = List.copyOf(exhibits);
        requireNonNull(scores, "scores is null");
        requireNonNull(lineage, "lineage is null");
    }

    /**
     * What the report was made from.
     *
     * @param warehouse where the tables are
     * @param version of the table {@code inspections}
     * @param subject whose inspections
     * @param window when the photographs were taken that are told of
     * @param at when
     * @param blemish which version of Blemish
     */
    record Provenance(String warehouse, long version, Subject subject, TimeWindow window, Instant at, String blemish) {
        Provenance {
            requireNonNull(warehouse, "warehouse is null");
            requireNonNull(subject, "subject is null");
            requireNonNull(window, "window is null");
            requireNonNull(at, "at is null");
            requireNonNull(blemish, "blemish is null");
        }
    }

    /** Photographs that are counted. */
    public long inspected() {
        return overview.inspected();
    }

    /** Series that rise now; none when no trends are computed. */
    public long rising() {
        return trends.map(Trends::rising).orElse(0L);
    }

    /** Photographs that are shown on the first page. */
    public long shown() {
        return exhibits.size();
    }
}

package io.blemish.jobs;

import io.blemish.jobs.relabel.Changes;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a relabelling did.
 *
 * @param kbId the knowledge base
 * @param relabelled images that were labelled anew now
 * @param failed images that could not be inspected, and whose failure was copied now
 * @param captioned images that were captioned anew
 * @param before images that the knowledge base had seen before
 * @param chunks appends that were made
 * @param against the name of the knowledge base that is compared with; empty when there is no other
 * @param changes what the new one says differently of all images, not only of those relabelled now
 * @param stageSeconds seconds of all tasks together, by stage
 */
public record RelabelResult(
        String kbId,
        long relabelled,
        long failed,
        long captioned,
        long before,
        int chunks,
        Optional<String> against,
        Changes changes,
        Map<String, Double> stageSeconds) {
    /** Changes of one kind that a person is shown, and that stand in {@code runs}. */
    private static final int SHOWN = 10;

    private static final int RECORDED = 100;

    /** As much of an id as a person is asked to type. */
    private static final int SHORT_ID = 12;

    public RelabelResult {
        stageSeconds = Map.copyOf(stageSeconds);
    }

    /** A run whose tasks reported this. */
    static RelabelResult of(
            String kbId,
            long before,
            int chunks,
            InspectorMeasures measures,
            Optional<String> against,
            Changes changes) {
        return new RelabelResult(
                kbId,
                measures.count(Count.OK),
                measures.count(Count.FAILED),
                measures.count(Count.CAPTIONED),
                before,
                chunks,
                against,
                changes,
                measures.stageSeconds());
    }

    /** Tells the run: a change is a count named {@code verdict: pass → reject}. */
    void report(JobRun run) {
        run.count("relabelled", relabelled);
        run.count("failed", failed);
        run.count("captioned", captioned);
        run.count("before", before);
        run.count("compared", changes.compared());
        run.count("moved", changes.moved());
        most(RECORDED).forEach(run::count);
        stageSeconds.forEach(run::stageSeconds);
    }

    /** The most frequent changes of each kind, by what they are called. */
    private Map<String, Long> most(int ofEach) {
        Map<String, Integer> told = new HashMap<>();
        Map<String, Long> most = new LinkedHashMap<>();
        for (Changes.Change change : changes.changes()) {
            if (told.merge(change.what(), 1, Integer::sum) <= ofEach) {
                most.put(change.what() + ": " + change.from() + " → " + change.to(), change.images());
            }
        }
        return most;
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        Summary summary = Summary.titled("Relabelled " + relabelled + " images of " + warehouse)
                .with("relabelled", relabelled, captioned > 0 ? captioned + " of them captioned anew" : "")
                .with("failed", failed, failed == 0 ? "" : "as they had failed before; the column error says why")
                .with("relabelled before", before, "");
        if (against.isPresent()) {
            summary = summary.with(
                    "moved", changes.moved(), "of " + changes.compared() + " images, against " + against.get());
            for (Map.Entry<String, Long> change : most(SHOWN).entrySet()) {
                summary = summary.with("  " + change.getKey(), change.getValue(), "");
            }
        }
        return summary.next("bin/blemish promote --warehouse " + warehouse + " --knowledge "
                + kbId.substring(0, SHORT_ID) + ", for it to count in views, trends and report");
    }
}

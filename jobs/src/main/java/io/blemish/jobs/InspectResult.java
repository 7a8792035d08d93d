package io.blemish.jobs;

import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.Map;

/**
 * What an inspection did.
 *
 * @param images rows of {@code images}, at the version that the run has read
 * @param ok images that were inspected now
 * @param failed images that could not be inspected now
 * @param captioned images that had been inspected, and were captioned now from what is stored of them
 * @param chunks appends that were made
 * @param forwards images that passed through the model
 * @param loads loads of the model into a JVM
 * @param stageSeconds seconds of all tasks together, by stage
 */
public record InspectResult(
        long images,
        long ok,
        long failed,
        long captioned,
        int chunks,
        long forwards,
        long loads,
        Map<String, Double> stageSeconds) {
    public InspectResult {
        stageSeconds = Map.copyOf(stageSeconds);
    }

    /** A run that found nothing left to do. */
    static InspectResult nothing(long images) {
        return new InspectResult(images, 0, 0, 0, 0, 0, 0, Map.of());
    }

    /** A run whose tasks reported this. */
    static InspectResult of(long images, int chunks, InspectorMeasures measures) {
        return new InspectResult(
                images,
                measures.count(Count.OK),
                measures.count(Count.FAILED),
                measures.count(Count.CAPTIONED),
                chunks,
                measures.count(Count.FORWARDS),
                measures.count(Count.LOADS),
                measures.stageSeconds());
    }

    /** Images that had been inspected before. */
    public long before() {
        return images - ok - failed - captioned;
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("ok", ok);
        run.count("failed", failed);
        run.count("captioned", captioned);
        run.count("before", before());
        run.count("forwards", forwards);
        run.count("model_loads", loads);
        stageSeconds.forEach(run::stageSeconds);
    }

    /** What a person is told. */
    Summary summary(String warehouse, double maxFailed) {
        Summary summary = Summary.titled("Inspected " + (ok + failed) + " images of " + warehouse)
                .with("inspected", ok, "")
                .with("failed", failed, failed == 0 ? "" : "the column error of inspections says why")
                .with("inspected before", before(), "");
        if (captioned > 0) {
            summary = summary.with("captioned", captioned, "from what was inspected before");
        }
        return summary.next("bin/blemish sql 'SELECT verdict, defect, count(*) FROM current_inspections GROUP BY 1, 2'"
                        + " --warehouse " + warehouse)
                .limited(failed, ok + failed, maxFailed);
    }
}

package io.blemish.jobs;

import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import java.util.Map;

/**
 * What an explanation of words did.
 *
 * @param images images whose captions' words were explained now
 * @param words of them
 * @param unreadable images whose photograph cannot be had, or decoded, any more
 * @param stageSeconds seconds of all tasks together, by stage
 */
public record WordsResult(long images, long words, long unreadable, Map<String, Double> stageSeconds) {
    public WordsResult {
        stageSeconds = Map.copyOf(stageSeconds);
    }

    /** A run that wrote so many words, and whose tasks reported this. */
    static WordsResult of(long words, InspectorMeasures measures) {
        return new WordsResult(measures.count(Count.OK), words, measures.count(Count.FAILED), measures.stageSeconds());
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("images", images);
        run.count("words", words);
        run.count("unreadable", unreadable);
        stageSeconds.forEach(run::stageSeconds);
        run.imagesDone(images);
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        return Summary.titled("Explained the words of " + images + " captions of " + warehouse)
                .with("words", words, "")
                .with(
                        "captions without words",
                        unreadable,
                        unreadable == 0 ? "" : "their photographs cannot be read any more")
                .next("bin/blemish report --warehouse " + warehouse + " --out report/");
    }
}

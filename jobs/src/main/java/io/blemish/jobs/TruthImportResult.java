package io.blemish.jobs;

import java.util.List;

/**
 * What an import of truths did.
 *
 * @param read rows of the list
 * @param known rows about images that the warehouse has
 * @param added rows that are new in {@code truths}; the others said what was known already
 * @param images images that something new is said of
 * @param unknown names in the list that no image of the warehouse has
 * @param examples some of these names
 */
public record TruthImportResult(long read, long known, long added, long images, long unknown, List<String> examples) {
    public TruthImportResult {
        examples = List.copyOf(examples);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("read", read);
        run.count("known", known);
        run.count("added", added);
        run.count("images", images);
        run.count("unknown", unknown);
        run.imagesDone(images);
    }

    /** What a person is told. */
    Summary summary(String origin, String warehouse) {
        String hint = unknown == 0 ? "" : "for example " + String.join(", ", examples) + "; --from names their folder";
        return Summary.titled("Imported truths from " + origin + " into " + warehouse)
                .with("rows read", read, "")
                .with("rows added", added, added == known ? "" : "the rest is known already")
                .with("images", images, "that something new is said of")
                .with("unknown images", unknown, hint)
                .next("blemish evaluate --warehouse " + warehouse);
    }
}

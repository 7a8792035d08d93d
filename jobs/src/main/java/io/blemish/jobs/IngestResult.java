package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.ingest.FilePaths;
import io.blemish.tables.FilesTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What an ingest did. Every listed file is in one of {@code known}, {@code ok} and {@code rejected}.
 *
 * @param listed photographs found
 * @param otherFiles files beside them with other names, which were left alone
 * @param known files that an earlier ingest took in or rejected
 * @param ok files whose content is now in {@code images}
 * @param images contents that were new
 * @param rejections why files were rejected, the most frequent first
 */
public record IngestResult(long listed, long otherFiles, long known, long ok, long images, List<Rejection> rejections) {
    public IngestResult {
        rejections = rejections.stream()
                .sorted(Comparator.comparingLong(Rejection::files).reversed().thenComparing(Rejection::code))
                .toList();
    }

    /**
     * Files that were rejected for one reason.
     *
     * @param code the reason in one word
     * @param files how many
     * @param example the name of one of them, and its reason in a sentence
     */
    public record Rejection(String code, long files, String example) {
        public Rejection {
            requireNonNull(code, "code is null");
            requireNonNull(example, "example is null");
        }
    }

    /** Files that were rejected. */
    public long rejected() {
        return rejections.stream().mapToLong(Rejection::files).sum();
    }

    /** Files that were taken in although their content was there already. */
    public long duplicates() {
        return ok - images;
    }

    /** Before anything is taken in. */
    static IngestResult listed(long listed, long otherFiles, long fresh) {
        return new IngestResult(listed, otherFiles, listed - fresh, 0, 0, List.of());
    }

    /**
     * After everything is taken in.
     *
     * @param images contents that were new
     * @param outcomes rows of status, reject_code, count, and uri and reject_reason of one of them
     */
    IngestResult with(long images, List<Row> outcomes) {
        long ok = 0;
        List<Rejection> rejections = new ArrayList<>();
        for (Row outcome : outcomes) {
            if (outcome.getString(0).equals(FilesTable.OK)) {
                ok = outcome.getLong(2);
            } else {
                String name = FilePaths.path(outcome.getString(3)).getName();
                rejections.add(
                        new Rejection(outcome.getString(1), outcome.getLong(2), name + ": " + outcome.getString(4)));
            }
        }
        return new IngestResult(listed, otherFiles, known, ok, images, rejections);
    }

    /** Adds the counts to those of the run. */
    void report(JobRun run) {
        run.count("listed", listed);
        run.count("other_files", otherFiles);
        run.count("known", known);
        run.count("ok", ok);
        run.count("duplicates", duplicates());
        run.count("images", images);
        run.count("rejected", rejected());
        rejections.forEach(rejection -> run.count("rejected." + rejection.code(), rejection.files()));
    }

    /** The summary that ends the command. */
    Summary summary(String source, String warehouse, double maxRejected) {
        Summary summary = Summary.titled("Ingested " + source + " into " + warehouse)
                .with("photographs listed", listed, "")
                .with("known before", known, "")
                .with("taken in", ok, "")
                .with("  of these duplicates", duplicates(), "content that was there already, or twice")
                .with("new images", images, "")
                .with("rejected", rejected(), "");
        for (Rejection rejection : rejections) {
            summary = summary.with("  " + rejection.code(), rejection.files(), "for example: " + rejection.example());
        }
        return summary.with("other files", otherFiles, "not read; --include chooses")
                .next("blemish inspect --warehouse " + warehouse + " --clip FOLDER --knowledge FILE")
                .limited(rejected(), ok + rejected(), maxRejected);
    }
}

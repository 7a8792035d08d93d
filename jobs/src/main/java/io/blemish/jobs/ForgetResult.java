package io.blemish.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of images that were to be forgotten.
 *
 * @param asked images that were named
 * @param unknown those of them that no table has
 * @param rows rows that were deleted, by table
 * @param photographs files that {@code files} named as theirs; they lie where they lay
 * @param example one of these files
 * @param purged data files of older versions that were deleted; empty when they stay for now
 */
public record ForgetResult(
        long asked,
        long unknown,
        Map<String, Long> rows,
        long photographs,
        Optional<String> example,
        OptionalLong purged) {
    public ForgetResult {
        rows = new LinkedHashMap<>(rows);
    }

    /** Tells the run. */
    void report(JobRun run) {
        run.count("asked", asked);
        run.count("unknown", unknown);
        rows.forEach(run::count);
        purged.ifPresent(files -> run.count("files_deleted", files));
    }

    /** What a person is told. */
    Summary summary(String title) {
        Summary summary = Summary.titled(title).with("asked", asked, "images").with("unknown", unknown, "");
        for (Map.Entry<String, Long> table : rows.entrySet()) {
            summary = summary.with(table.getKey(), table.getValue(), "rows");
        }
        summary = summary.with(
                "photographs",
                photographs,
                "stay where they lie; ingest takes them in again"
                        + example.map(uri -> ", for example " + uri).orElse(""));
        return purged.isPresent()
                ? summary.with("files deleted", purged.getAsLong(), "with every older version of these tables")
                : summary;
    }
}

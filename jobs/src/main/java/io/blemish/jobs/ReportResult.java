package io.blemish.jobs;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a report tells, in numbers.
 *
 * @param page the file that leads to all others
 * @param inspected photographs that it counts
 * @param shown photographs that its first page shows
 * @param rising series that rise
 * @param pages files
 * @param bytes of all of them
 */
public record ReportResult(Path page, long inspected, long shown, long rising, long pages, long bytes) {
    private static final double MIB = 1 << 20;

    /** Tells the run. */
    void report(JobRun run) {
        run.count("inspected", inspected);
        run.count("shown", shown);
        run.count("rising", rising);
        run.count("pages", pages);
        run.count("bytes", bytes);
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        return Summary.titled("Reported on " + warehouse + " in " + page)
                .with("photographs counted", inspected, "")
                .with("photographs shown", shown, "")
                .with("series that rise", rising, "")
                .with("pages", pages, pages == 1 ? "no trends: blemish trends computes them" : "one for each defect")
                .with("bytes", bytes, String.format(Locale.ROOT, "%.1f MiB", bytes / MIB));
    }
}

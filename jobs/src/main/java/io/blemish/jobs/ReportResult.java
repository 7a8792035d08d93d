package io.blemish.jobs;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a report tells, in numbers.
 *
 * @param page the file
 * @param inspected photographs that it counts
 * @param shown photographs that it shows
 * @param bytes of the file
 */
public record ReportResult(Path page, long inspected, long shown, long bytes) {
    private static final double MIB = 1 << 20;

    /** Tells the run. */
    void report(JobRun run) {
        run.count("inspected", inspected);
        run.count("shown", shown);
        run.count("bytes", bytes);
    }

    /** What a person is told. */
    Summary summary(String warehouse) {
        return Summary.titled("Reported on " + warehouse + " in " + page)
                .with("photographs counted", inspected, "")
                .with("photographs shown", shown, "")
                .with("bytes", bytes, String.format(Locale.ROOT, "%.1f MiB, in one file", bytes / MIB));
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.maintain.FileLayout;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What to do for the tables.
 *
 * @param tasks what is done; the order is that of {@link Task}
 * @param retention how long versions stay whole that are out of date
 * @param layout how files are written
 * @param staleAfter a run that was silent for longer is dead
 */
public record MaintainOptions(Set<Task> tasks, Duration retention, FileLayout.Settings layout, Duration staleAfter) {
    public MaintainOptions {
        tasks = Set.copyOf(tasks);
        requireNonNull(retention, "retention is null");
        requireNonNull(layout, "layout is null");
        requireNonNull(staleAfter, "staleAfter is null");
    }

    /** What maintenance consists of. */
    public enum Task {
        /** Small files are put together, rows that are asked for together are brought together. */
        OPTIMIZE,
        /** Files that no version needs any more are deleted. */
        VACUUM,
        /** The tables are asked whether they hold what they promise. */
        CHECKS
    }

    /** What the configuration says; without tasks, all of them. */
    static MaintainOptions of(Configuration configuration, Set<Task> tasks) {
        return new MaintainOptions(
                tasks.isEmpty() ? EnumSet.allOf(Task.class) : tasks,
                configuration.value(Keys.MAINTAIN_RETENTION),
                new FileLayout.Settings(
                        configuration.value(Keys.MAINTAIN_FILE_SIZE), configuration.value(Keys.MAINTAIN_RECLUSTER)),
                configuration.value(Keys.RUNS_STALE_AFTER));
    }
}

package io.blemish.jobs;

import io.blemish.jobs.MaintainOptions.Task;
import io.blemish.jobs.maintain.Checks;
import io.blemish.jobs.maintain.FileLayout;
import io.blemish.jobs.maintain.FileLayout.Extent;
import io.blemish.jobs.maintain.OldFiles;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the tables fast and small, and asks whether they are sound: lays their files out, deletes files that no version
 * needs any more, and checks what they promise. No row is changed.
 *
 * <p>The files of {@code images} are never laid out anew: a chunk is read by the parts that they hold.
 */
public final class Maintain {
    private final Warehouse warehouse;
    private final MaintainOptions options;

    /** The maintenance of a warehouse. */
    public Maintain(Warehouse warehouse, MaintainOptions options) {
        this.warehouse = warehouse;
        this.options = options;
    }

    /**
     * Does what is asked for.
     *
     * @throws io.blemish.error.UserException before anything is done, when a run may still read what would be deleted
     */
    public MaintainResult run(JobRun run) {
        if (options.tasks().contains(Task.VACUUM)) {
            oldFiles()
                    .requireUnused(new RunHeartbeats(warehouse)
                            .living(options.staleAfter()).stream()
                                    .filter(other -> !other.runId().equals(run.id()))
                                    .toList());
        }
        List<MaintainResult.Table> tables = new ArrayList<>();
        for (TableDefinition table : tables()) {
            tables.add(table(table, run));
        }
        return new MaintainResult(tables, checked(run));
    }

    /** What {@link #run} would do. */
    public Summary plan() {
        Summary plan = Summary.titled("Maintenance of " + warehouse + " would begin with this");
        if (options.tasks().contains(Task.VACUUM) && warehouse.exists(RunsTable.DEFINITION)) {
            oldFiles().requireUnused(new RunHeartbeats(warehouse).living(options.staleAfter()));
        }
        for (TableDefinition table : tables()) {
            FileLayout layout = new FileLayout(warehouse, table, options.layout());
            if (options.tasks().contains(Task.OPTIMIZE) && layout.isDue()) {
                plan = plan.with(
                        table.name() + " files to lay out", layout.extent().files(), layout(table));
            }
            long old = options.tasks().contains(Task.VACUUM) ? oldFiles().count(table) : 0;
            if (old > 0) {
                plan = plan.with(table.name() + " files to delete", old, "that no version needs");
            }
        }
        return plan;
    }

    private MaintainResult.Table table(TableDefinition table, JobRun run) {
        FileLayout layout = new FileLayout(warehouse, table, options.layout());
        Extent before = layout.extent();
        if (options.tasks().contains(Task.OPTIMIZE)) {
            try (JobRun.Stage stage = run.stage("optimize")) {
                layout.optimize(run.id());
            }
        }
        Extent after = layout.extent();
        if (!options.tasks().contains(Task.VACUUM)) {
            return new MaintainResult.Table(table.name(), layout(table), before, after, 0);
        }
        try (JobRun.Stage stage = run.stage("vacuum")) {
            return new MaintainResult.Table(
                    table.name(), layout(table), before, after, oldFiles().delete(table));
        }
    }

    private Optional<Checks.Outcome> checked(JobRun run) {
        if (!options.tasks().contains(Task.CHECKS)) {
            return Optional.empty();
        }
        try (JobRun.Stage stage = run.stage("checks")) {
            return Optional.of(Checks.of(warehouse));
        }
    }

    private OldFiles oldFiles() {
        return new OldFiles(warehouse, options.retention());
    }

    private List<TableDefinition> tables() {
        return Views.TABLES.stream().filter(warehouse::exists).toList();
    }

    private static String layout(TableDefinition table) {
        return switch (table.layout().kind()) {
            case AS_WRITTEN -> "as written";
            case COMPACTED -> "compacted";
            case CLUSTERED -> "clustered by " + String.join(", ", table.layout().columns());
        };
    }
}

package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import io.blemish.tables.WarehouseLock;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/**
 * A command that writes to a warehouse: it is checked and locked first, and the run's last event is the answer. With {@code --dry-run}
 * it writes nothing, needs no lock, and answers with its plan.
 */
public abstract class WarehouseCommand extends JobCommand {
    @Option(
            names = "--warehouse",
            required = true,
            paramLabel = "W",
            description = "Where the tables are: a directory, or schema:NAME of Spark's catalog")
    private String location;

    @Option(names = "--dry-run", description = "Tell what would be done, and write nothing")
    private boolean dryRun;

    /** Does the work as one run; most commands call {@link JobRun#execute} in it. */
    protected abstract JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception;

    /**
     * Tells what {@link #execute(JobContext, Warehouse)} would do, and writes nothing: tables that are not there are not created, and no
     * run is recorded.
     */
    protected abstract Plan plan(JobContext context, Warehouse warehouse) throws Exception;

    @Override
    protected final ExitCode execute(JobContext context) throws Exception {
        if (dryRun) {
            Warehouse warehouse = Warehouse.at(context.spark(), location);
            warehouse.create();
            return tell(context.terminal(), plan(context, warehouse));
        }
        String job = getClass().getSimpleName().replace("Command", "").toLowerCase(Locale.ROOT);
        return within(context, location, job, warehouse -> execute(context, warehouse));
    }

    /** What is done while the warehouse is locked. */
    @FunctionalInterface
    interface Work {
        JobRun.Ended in(Warehouse warehouse) throws Exception;
    }

    /** Checks and locks the warehouse, does the work, and tells how it ended. */
    @SuppressWarnings("try") // The lock is held until it is closed.
    static ExitCode within(JobContext context, String location, String job, Work work) throws Exception {
        Warehouse warehouse = Warehouse.at(context.spark(), location);
        boolean single = context.configuration().value(Keys.S3_SINGLE_DRIVER);
        warehouse.requireSafeLogStore(single ? Warehouse.Drivers.ONE : Warehouse.Drivers.MANY);
        warehouse.create();
        try (WarehouseLock lock = warehouse.lock(holder(job))) {
            return tell(context.terminal(), work.in(warehouse));
        }
    }

    private static ExitCode tell(Terminal terminal, JobRun.Ended ended) {
        return tell(terminal, ended.summary(), ended.event()::json);
    }

    /** Tells what would be done. */
    static ExitCode tell(Terminal terminal, Plan plan) {
        return tell(terminal, plan.summary(), plan::json);
    }

    /** Tells how something ended, in JSON too if that is asked for. */
    static ExitCode tell(Terminal terminal, Summary summary, Supplier<String> json) {
        terminal.tell(summary.text());
        if (terminal.answer() == Terminal.Answer.JSON) {
            terminal.print(json.get());
        }
        return summary.exit();
    }

    /** How the lock of a warehouse names this process. */
    static String holder(String job) {
        return job + ", process " + ProcessHandle.current().pid() + " on " + HostFacts.name();
    }
}

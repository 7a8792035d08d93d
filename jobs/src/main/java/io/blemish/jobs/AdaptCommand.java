package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.tables.Warehouse;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that trains a model on a file of the user's, or on what a warehouse holds. */
abstract class AdaptCommand extends JobCommand {
    @Mixin
    private TimeWindowOptions time;

    @Option(names = "--dry-run", description = "Tell what would be trained on, and write nothing")
    private boolean dryRun;

    /** The warehouse to train on; empty where it is a file. */
    abstract Optional<String> location();

    /** Trains on the file. */
    abstract ExitCode onFile(JobContext context) throws Exception;

    /** Trains on photographs of the warehouse that were taken within the window, or on what is said of them, as a run. */
    abstract JobRun.Ended onWarehouse(JobContext context, Warehouse warehouse, TimeWindow window) throws Exception;

    /** What would be trained on: a file, or, where one is given, a warehouse. */
    abstract Summary plan(JobContext context, Optional<Warehouse> warehouse, TimeWindow window);

    @Override
    protected final ExitCode execute(JobContext context) throws Exception {
        TimeWindow window = time.window();
        if (location().isEmpty() && !window.isAlways()) {
            throw UserException.cannot(
                    "choose by --since and --until",
                    "a file does not tell when photographs were taken",
                    "Leave them out, or train on a --warehouse");
        }
        if (dryRun) {
            Optional<Warehouse> warehouse = location().map(named -> Warehouse.at(context.spark(), named));
            warehouse.ifPresent(Warehouse::create);
            return WarehouseCommand.tell(context.terminal(), new Plan(name(), plan(context, warehouse, window)));
        }
        return location().isEmpty()
                ? onFile(context)
                : WarehouseCommand.within(
                        context, location().get(), name(), warehouse -> onWarehouse(context, warehouse, window));
    }
}

package io.blemish.jobs;

import io.blemish.tables.Warehouse;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blemish tiles}. */
@Command(name = "tiles", description = "Draws heat maps over their photographs; run again, it draws what has none yet.")
public final class TilesCommand extends WarehouseCommand {
    @Option(names = "--defective", description = "Of defective images only")
    private boolean defective;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Of images whose inspection meets a condition, for example \"severity = 'severe'\"")
    private String where;

    @Option(names = "--size", paramLabel = "PIXELS", description = "The photograph's longer side on a tile")
    private String size;

    @Option(names = "--opacity", paramLabel = "SHARE", description = "How much a heat map covers where it is strongest")
    private String opacity;

    @Option(names = "--take-over", description = "Take the work from another run, which must be dead")
    private boolean takeOver;

    @Mixin
    private TimeWindowOptions time;

    @Override
    protected void configure(Configuration.Builder configuration) {
        set(configuration, "--size", Keys.TILES_SIZE, size);
        set(configuration, "--opacity", Keys.TILES_OPACITY, opacity);
    }

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        return draw(context, warehouse, options(context, warehouse));
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        JobRun rehearsal = JobRun.rehearsal(context, warehouse, "tiles");
        return new Plan("tiles", new Tiles(warehouse, options(context, warehouse), rehearsal, owner -> false).plan());
    }

    private TilesOptions options(JobContext context, Warehouse warehouse) {
        return TilesOptions.of(
                        context.configuration(),
                        defective ? TilesOptions.Which.DEFECTIVE : TilesOptions.Which.ALL,
                        Optional.ofNullable(where),
                        InspectCommand.takeOver(warehouse, takeOver))
                .within(time.window());
    }

    /** Draws as a run of its own. */
    static JobRun.Ended draw(JobContext context, Warehouse warehouse, TilesOptions options) throws Exception {
        Claim.Owners owners = Claim.Owners.of(context, warehouse);
        return JobRun.execute(context, warehouse, "tiles", "Drawing the heat maps of " + warehouse, run -> {
            TilesResult result = new Tiles(warehouse, options, run, owners).run();
            result.report(run);
            return result.summary(warehouse.toString());
        });
    }
}

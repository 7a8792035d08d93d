package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.jobs.release.Promotion;
import io.blemish.jobs.release.Release;
import io.blemish.jobs.release.Releases;
import io.blemish.tables.ReleasesTable;
import io.blemish.tables.Warehouse;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Says which encoder, captioner and knowledge base analysts are to look at from now on: appends to {@code releases}. What counts already is
 * not promoted again.
 */
public final class Promote {
    private final Warehouse warehouse;
    private final PromoteOptions options;

    /** A promotion in the warehouse. */
    public Promote(Warehouse warehouse, PromoteOptions options) {
        this.warehouse = warehouse;
        this.options = options;
    }

    /**
     * Promotes.
     *
     * @throws UserException when none or several pairs of encoder and knowledge base are meant
     */
    public PromoteResult run(JobRun run) {
        PromoteResult result = plan();
        Release release = result.release();
        run.identify("encoder_id", release.encoderId());
        run.identify("captioner_id", release.captionerId());
        run.identify("kb_id", release.kbId());
        warehouse.create(ReleasesTable.DEFINITION);
        if (result.isNew()) {
            Row row = RowFactory.create(
                    release.encoderId(),
                    release.captionerId(),
                    release.kbId(),
                    Instant.now(),
                    options.author(),
                    run.id());
            warehouse.append(
                    ReleasesTable.DEFINITION,
                    warehouse.spark().createDataFrame(List.of(row), ReleasesTable.DEFINITION.schema()),
                    run.id());
        }
        return result;
    }

    /** What {@link #run} would do. */
    public PromoteResult plan() {
        Releases releases = new Releases(warehouse, "promote a release of");
        Release release = releases.find(options.wanted());
        List<Promotion> promotions = releases.promotions();
        boolean counts = !promotions.isEmpty() && promotions.get(0).release().equals(release);
        return new PromoteResult(release, counts ? 0 : 1);
    }
}

package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.blemish.error.UserException;
import io.blemish.jobs.release.Release;
import io.blemish.jobs.release.Releases;
import io.blemish.jobs.trends.Stored;
import io.blemish.jobs.trends.TrendRows;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.ReleasesTable;
import io.blemish.tables.Warehouse;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the defects of the release that counts by day, and says which become more or less frequent: brings {@code defect_trends} up to
 * date.
 *
 * <p>Counts and statistics are computed anew, from a few narrow columns of the inspections, and compared with what is stored. From the first
 * day on that differs (photographs that came late, or were inspected again; other settings; other grains) the rows are replaced, in one
 * commit; where nothing differs nothing is written. Rows of other encoders and knowledge bases stay.
 */
public final class Trends {
    private final Warehouse warehouse;
    private final TrendsOptions options;
    private final Releases releases;
    private final Release release;
    private final long version;

    /**
     * The trends of the warehouse, as it is now.
     *
     * @throws UserException when nothing is inspected, or there are several releases that none was promoted of
     */
    public Trends(Warehouse warehouse, TrendsOptions options) {
        warehouse.require("Run blemish inspect first", InspectionsTable.DEFINITION);
        this.warehouse = warehouse;
        this.options = options;
        this.releases = new Releases(warehouse, "compute the trends of");
        this.release = releases.current();
        this.version = warehouse.version(InspectionsTable.DEFINITION);
    }

    /** The rows as they should be, of the days that are asked for, without the run. */
    public Dataset<Row> rows() {
        return TrendRows.of(inspections(), options, release, releases.promotions());
    }

    /** Brings the table up to date. */
    public TrendsResult run(JobRun run) {
        run.input(InspectionsTable.DEFINITION, version);
        run.identify("encoder_id", release.encoderId());
        run.identify("captioner_id", release.captionerId());
        run.identify("kb_id", release.kbId());
        warehouse.create(DefectTrendsTable.DEFINITION, ReleasesTable.DEFINITION);
        return compared(run.id(), (stored, from, rows) -> stored.replace(from, rows, run.id()));
    }

    /** What {@link #run} would do. */
    public TrendsResult plan() {
        return compared("none", (stored, from, rows) -> {});
    }

    /** What becomes of rows that are not stored yet. */
    @FunctionalInterface
    private interface Replacement {
        void replace(Stored stored, LocalDate from, Dataset<Row> rows);
    }

    private TrendsResult compared(String runId, Replacement replacement) {
        Dataset<Row> rows = rows().withColumn("run_id", lit(runId)).persist();
        try {
            Stored stored = new Stored(warehouse, release, options.days());
            Optional<LocalDate> from = stored.firstDifference(rows);
            from.ifPresent(day -> replacement.replace(stored, day, rows));
            long written = from.map(day -> rows.where(col("day").geq(lit(day))).count())
                    .orElse(0L);
            long undated = ofRelease().where(col("captured_at").isNull()).count();
            return TrendsResult.of(rows, from, written, undated);
        } finally {
            rows.unpersist();
        }
    }

    private Dataset<Row> inspections() {
        int before = options.settings().windowDays() - 1;
        return options.days().withDaysBefore(before, options.zone()).of(ofRelease(), "captured_at");
    }

    private Dataset<Row> ofRelease() {
        return warehouse
                .read(InspectionsTable.DEFINITION, version)
                .where(release.holds().and(col("status").equalTo(InspectionsTable.OK)));
    }
}

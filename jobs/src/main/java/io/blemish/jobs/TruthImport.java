package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import io.blemish.error.UserException;
import io.blemish.jobs.truth.ImageLookup;
import io.blemish.jobs.truth.MaskCheck;
import io.blemish.jobs.truth.Statements;
import io.blemish.jobs.truth.TruthFile;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes what people say about images into the table {@code truths}, in one atomic append. A list is taken as a whole or
 * refused as a whole; what the warehouse knows already is not added again, so that a list may be imported again at any
 * time, also after a kill.
 */
public final class TruthImport {
    /** The source of truths that an ingest took from paths or a manifest. */
    static final String LAYOUT = "layout";

    static final String APPLICATION = "blemish-truths";

    private static final int EXAMPLES = 3;
    private static final long ROWS_PER_FILE = 200_000;

    private final Warehouse warehouse;
    private final TruthImportOptions options;
    private final JobRun run;

    /** An import into the warehouse, as part of the run. */
    public TruthImport(Warehouse warehouse, TruthImportOptions options, JobRun run) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
    }

    /**
     * Imports.
     *
     * @throws UserException for a list that cannot be taken, naming the line
     */
    public TruthImportResult run() {
        warehouse.require("Run blemish ingest first", ImagesTable.DEFINITION, FilesTable.DEFINITION);
        warehouse.create(TruthsTable.DEFINITION);
        // Drawn before the table is read: a run that commits from here on takes this number, and so collides.
        NumberedAppends appends = NumberedAppends.next(warehouse, APPLICATION, run.id(), TruthsTable.DEFINITION);
        Dataset<Row> truths = truths().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return append(truths, appends);
        } finally {
            truths.unpersist();
        }
    }

    /**
     * What {@link #run} would do.
     *
     * @throws UserException as {@link #run} does
     */
    public Summary plan() {
        warehouse.require("Run blemish ingest first", ImagesTable.DEFINITION, FilesTable.DEFINITION);
        Dataset<Row> truths = truths().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Dataset<Row> known = truths.where(col("image_id").isNotNull());
            return Summary.titled("Would import truths from " + options.origin() + " into " + warehouse)
                    .with("rows read", truths.count(), "")
                    .with("rows to add", fresh(known).count(), "")
                    .with("rows of unknown images", truths.count() - known.count(), "are left out");
        } finally {
            truths.unpersist();
        }
    }

    /** What {@code truths} does not say yet. */
    private Dataset<Row> fresh(Dataset<Row> known) {
        Dataset<Row> fresh = Statements.fresh(Statements.of(known), warehouse.readOrNone(TruthsTable.DEFINITION));
        return Statements.rows(fresh, run.startedAt(), run.id());
    }

    /** What is said, with the {@code image_id} of each row, null where the image is unknown. */
    private Dataset<Row> truths() {
        if (options.file().isEmpty()) {
            return ofLayout();
        }
        TruthFile list = TruthFile.open(warehouse.spark(), options.file().get());
        Dataset<Row> rows = list.rows(options.base(warehouse.spark()), options.maskColour());
        if (list.isEmpty(rows)) {
            throw list.refusal("it has no row");
        }
        list.requireFlawless(rows);
        Dataset<Row> truths = ImageLookup.join(rows, warehouse);
        if (truths.where(col("image_id").isNotNull()).isEmpty()) {
            throw UserException.cannot(
                    "import truths from " + options.origin(),
                    "none of its images is in " + warehouse + " (the first is "
                            + rows.first().getString(2) + ")",
                    "Name the folder that its images are relative to with --from, or ingest them first");
        }
        list.requireFlawless(MaskCheck.of(warehouse.spark(), options.limits(), options.orientation())
                .check(truths));
        return truths;
    }

    /** The labels that files were ingested with: the group {@code truth} of a layout, or that column of a manifest. */
    private Dataset<Row> ofLayout() {
        Dataset<Row> truths = warehouse
                .read(ImagesTable.DEFINITION)
                .select(
                        col("image_id"),
                        col("uri").as("image"),
                        lit(TruthsTable.LABEL).as("kind"),
                        col("attributes").getItem("truth").as("value"),
                        lit(null).cast("string").as("mask_uri"),
                        lit(null).cast("string").as("mask_colour"),
                        lit(LAYOUT).as("source"),
                        lit(null).cast("string").as("author"),
                        lit(null).cast("timestamp").as("stated_at"))
                .where(col("value").isNotNull());
        if (truths.isEmpty()) {
            throw UserException.cannot(
                    "import truths from " + options.origin(),
                    "no image of " + warehouse + " has an attribute truth",
                    "Ingest with a group of that name, such as --layout '/(?<truth>[^/]+)/[^/]+$'");
        }
        return truths;
    }

    private TruthImportResult append(Dataset<Row> truths, NumberedAppends appends) {
        Dataset<Row> known = truths.where(col("image_id").isNotNull());
        Dataset<Row> rows = fresh(known).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Row added = rows.agg(count(lit(1)), count_distinct(col("image_id"))).first();
            if (added.getLong(0) > 0) {
                int files = Math.toIntExact(1 + added.getLong(0) / ROWS_PER_FILE);
                appends.append(TruthsTable.DEFINITION, rows.coalesce(files));
            }
            return result(truths, known, added);
        } finally {
            rows.unpersist();
        }
    }

    private static TruthImportResult result(Dataset<Row> truths, Dataset<Row> known, Row added) {
        Dataset<Row> unknown =
                truths.where(col("image_id").isNull()).select("image").distinct();
        List<String> examples = new ArrayList<>();
        unknown.orderBy("image").takeAsList(EXAMPLES).forEach(row -> examples.add(row.getString(0)));
        return new TruthImportResult(
                truths.count(), known.count(), added.getLong(0), added.getLong(1), unknown.count(), examples);
    }
}

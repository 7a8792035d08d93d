package io.blemish.jobs;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.blemish.image.RejectCode;
import io.blemish.jobs.ingest.Candidates;
import io.blemish.jobs.ingest.Examiner;
import io.blemish.jobs.ingest.Facts;
import io.blemish.jobs.ingest.ImageRows;
import io.blemish.jobs.ingest.Photographs;
import io.blemish.jobs.ingest.Volume;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Takes photographs into the tables {@code files} and {@code images}.
 *
 * <p>In this order: list; leave out what {@code files} knows; read, hash and decode every new file in one pass, keeping
 * facts but no bytes; choose one file for each content that {@code images} lacks; append those to {@code images},
 * reading their bytes a second time straight into the append; append every file to {@code files}. Bytes never pass
 * through an exchange, and facts are small.
 *
 * <p>Reading the chosen files twice is what it costs to write each content once without staging or shuffling it; the
 * second time most come from the page cache, and files kept by reference are not read again. A file that changes
 * between the two gives no image, and is rejected as {@code changed}.
 *
 * <p>A kill between the two appends leaves images without their files: the next run examines those files again, finds
 * their images there, and appends the files alone.
 */
public final class Ingest {
    static final String APPLICATION = "blemish-ingest";

    private static final int TASKS_PER_SLOT = 4;
    private static final long BYTES_PER_TASK = 64L << 20;
    private static final long FILES_PER_TASK = 1000;
    private static final long FEWEST_FILES_PER_TASK = 16;
    private static final long IMAGES_PER_PART = 1024;
    private static final long FEWEST_IMAGES_PER_PART = 32;
    private static final long FILE_ROWS_PER_TASK = 200_000;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final IngestOptions options;
    private final JobRun run;

    /** The job as the work of a run. */
    public Ingest(Warehouse warehouse, IngestOptions options, JobRun run) {
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.options = requireNonNull(options, "options is null");
        this.run = requireNonNull(run, "run is null");
        this.spark = warehouse.spark();
    }

    /** Does the work: at most one append to each of the two tables, none when there is nothing new. */
    public IngestResult run() {
        options.window().report(run);
        try (Photographs photographs = list()) {
            warehouse.create(FilesTable.DEFINITION, ImagesTable.DEFINITION);
            // Drawn before the tables are read: a run that commits from here on takes this number, and so collides.
            NumberedAppends appends = NumberedAppends.next(
                    warehouse, APPLICATION, run.id(), ImagesTable.DEFINITION, FilesTable.DEFINITION);
            Dataset<Row> fresh = unknown(photographs.rows()).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                Volume volume = Volume.of(fresh, col("length"));
                IngestResult before = IngestResult.listed(photographs.count(), photographs.otherFiles(), volume.rows());
                return volume.rows() == 0 ? before : takeIn(fresh, volume, appends, before);
            } finally {
                fresh.unpersist();
            }
        }
    }

    /** What {@link #run} would take in; no file is opened. */
    public Summary plan() {
        try (Photographs photographs = list()) {
            Volume fresh = Volume.of(unknown(photographs.rows()), col("length"));
            return Summary.titled("Would ingest " + options.source() + " into " + warehouse + options.window())
                    .with("listed", photographs.count(), "photographs")
                    .with("known", photographs.count() - fresh.rows(), "before")
                    .with("new", fresh.rows(), "files to be read")
                    .with("other files", photographs.otherFiles(), "not read; --include chooses");
        }
    }

    /** The candidates that {@code files} does not know, or knows as lost for a reason that may have passed. */
    public Dataset<Row> unknown(Dataset<Row> candidates) {
        Dataset<Row> known = warehouse
                .readOrNone(FilesTable.DEFINITION)
                .filter(not(Candidates.passing()))
                .select("uri", "length", "modified_at")
                .alias("known");
        Column same = col("listed.uri")
                .equalTo(col("known.uri"))
                .and(col("listed.length").eqNullSafe(col("known.length")))
                .and(col("listed.modified_at").eqNullSafe(col("known.modified_at")));
        return candidates.alias("listed").join(known, same, "left_anti");
    }

    /** Of each content that {@code images} lacks, the first file by {@code captured_at} and then {@code uri}. */
    public Dataset<Row> newImages(Dataset<Row> facts) {
        Column file = struct(facts.columns()[0], tail(facts.columns()));
        Column order = struct(col("captured_at").isNull(), col("captured_at"), col("uri"));
        Dataset<Row> chosen = facts.filter(col("status").equalTo(FilesTable.OK))
                .groupBy("image_id")
                .agg(min_by(file, order).alias("file"))
                .select("file.*");
        Dataset<Row> stored =
                warehouse.read(ImagesTable.DEFINITION).select(col("image_id").alias("stored_id"));
        return chosen.join(stored, col("image_id").equalTo(col("stored_id")), "left_anti");
    }

    private Photographs list() {
        JobRun.Stage stage = run.stage("list");
        try {
            return options.photographs(spark);
        } finally {
            stage.close();
        }
    }

    private IngestResult takeIn(Dataset<Row> fresh, Volume volume, NumberedAppends appends, IngestResult before) {
        Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        LongAccumulator examined = spark.sparkContext().longAccumulator("files examined");
        Dataset<Row> facts = facts(fresh, volume, new Examiner(options.limits(), hadoop, examined));
        facts.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            materialise(facts, volume, examined);
            long images = appendImages(facts, appends, hadoop);
            return before.with(images, appendFiles(facts, appends, volume));
        } finally {
            facts.unpersist();
            hadoop.destroy();
        }
    }

    private Dataset<Row> facts(Dataset<Row> fresh, Volume volume, Examiner examiner) {
        int tasks = options.parallelism() > 0
                ? options.parallelism()
                : volume.tasks(FILES_PER_TASK, BYTES_PER_TASK, FEWEST_FILES_PER_TASK, TASKS_PER_SLOT * slots());
        return fresh.repartitionByRange(tasks, col("uri"))
                .sortWithinPartitions("uri")
                .mapPartitions(examiner, Encoders.row(Facts.SCHEMA));
    }

    @SuppressWarnings("try") // Progress is shown until it is closed.
    private void materialise(Dataset<Row> facts, Volume volume, LongAccumulator examined) {
        JobRun.Stage stage = run.stage("read_and_decode");
        try (Progress progress = run.progress("files", volume.rows(), examined::value)) {
            run.imagesDone(facts.count());
        } finally {
            stage.close();
        }
    }

    private long appendImages(
            Dataset<Row> facts, NumberedAppends appends, Broadcast<SerializableConfiguration> hadoop) {
        JobRun.Stage stage = run.stage("append_images");
        Dataset<Row> images = newImages(facts).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Volume volume = Volume.of(images, col("byte_length"));
            if (volume.rows() == 0) {
                return 0;
            }
            int parts = volume.tasks(IMAGES_PER_PART, BYTES_PER_TASK, FEWEST_IMAGES_PER_PART, TASKS_PER_SLOT * slots());
            long maxBytes = options.limits().maxBytes();
            Dataset<Row> rows = images.repartitionByRange(parts, col("uri"))
                    .sortWithinPartitions("uri")
                    .mapPartitions(
                            new ImageRows(appends.number(), options.policy(), maxBytes, hadoop),
                            Encoders.row(ImagesTable.DEFINITION.schema()));
            return appends.append(ImagesTable.DEFINITION, rows).rows().orElse(volume.rows());
        } finally {
            images.unpersist();
            stage.close();
        }
    }

    /** Appends every file; how many ended how. */
    private List<Row> appendFiles(Dataset<Row> facts, NumberedAppends appends, Volume volume) {
        JobRun.Stage stage = run.stage("append_files");
        Dataset<Row> rows = fileRows(facts).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            // Asked for first: an append to files makes Spark forget what it has cached of queries on files, and so of
            // facts.
            List<Row> outcomes = rows.groupBy("status", "reject_code")
                    .agg(count(lit(1)), first("uri"), first("reject_reason"))
                    .collectAsList();
            int tasks = volume.tasks(FILE_ROWS_PER_TASK, Long.MAX_VALUE, FILE_ROWS_PER_TASK, 1);
            appends.append(FilesTable.DEFINITION, rows.coalesce(tasks));
            return outcomes;
        } finally {
            rows.unpersist();
            stage.close();
        }
    }

    /**
     * The rows of {@code files}: a file whose image did not get into {@code images} has changed while it was taken in.
     */
    private Dataset<Row> fileRows(Dataset<Row> facts) {
        Dataset<Row> stored =
                warehouse.read(ImagesTable.DEFINITION).select(col("image_id").alias("stored_id"));
        Column lost = col("status").equalTo(FilesTable.OK).and(col("stored_id").isNull());
        return facts.join(stored, col("image_id").equalTo(col("stored_id")), "left_outer")
                .withColumn("reject_code", when(lost, RejectCode.CHANGED.code()).otherwise(col("reject_code")))
                .withColumn(
                        "reject_reason",
                        when(lost, "the file changed while it was taken in").otherwise(col("reject_reason")))
                .withColumn("status", when(lost, FilesTable.REJECTED).otherwise(col("status")))
                .withColumn("ingested_at", lit(run.startedAt()))
                .withColumn("run_id", lit(run.id()));
    }

    private int slots() {
        return spark.sparkContext().defaultParallelism();
    }

    private static String[] tail(String[] names) {
        String[] rest = new String[names.length - 1];
        System.arraycopy(names, 1, rest, 0, rest.length);
        return rest;
    }
}

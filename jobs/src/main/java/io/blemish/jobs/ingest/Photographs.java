package io.blemish.jobs.ingest;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.TimeWindow;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** The files that an ingest looks at, found once and kept until closed. */
public final class Photographs implements AutoCloseable {
    private final Dataset<Row> rows;
    private final long count;
    private final long otherFiles;
    private final Runnable release;

    private Photographs(Dataset<Row> rows, long count, long otherFiles, Runnable release) {
        this.rows = rows;
        this.count = count;
        this.otherFiles = otherFiles;
        this.release = release;
    }

    /** Lists what the source names. */
    public static Photographs listed(SparkSession spark, Source source, Include include, FileMetadata.Reader metadata) {
        requireNonNull(metadata, "metadata is null");
        Listing listing = Listing.of(spark, source, include);
        return new Photographs(listing.rows(metadata), listing.photographs(), listing.otherFiles(), listing::close);
    }

    /** Looks up what the manifest names, relative to the base. */
    public static Photographs named(Manifest manifest, Path base) {
        Dataset<Row> rows = manifest.photographs(base).persist(StorageLevel.MEMORY_AND_DISK());
        manifest.requireDistinct(rows);
        return new Photographs(rows, rows.count(), 0, rows::unpersist);
    }

    /** Those of them that were last changed within the window; closing them closes these. */
    public Photographs changed(TimeWindow window) {
        if (window.isAlways()) {
            return this;
        }
        Dataset<Row> changed = window.of(rows, "modified_at");
        return new Photographs(changed, changed.count(), otherFiles, release);
    }

    /** The files, as rows of {@link Candidates#SCHEMA}. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** How many other files lay beside them. */
    public long otherFiles() {
        return otherFiles;
    }

    @Override
    public void close() {
        release.run();
    }
}

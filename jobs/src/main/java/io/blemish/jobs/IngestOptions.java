package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.jobs.ingest.ContentPolicy;
import io.blemish.jobs.ingest.FileMetadata;
import io.blemish.jobs.ingest.Include;
import io.blemish.jobs.ingest.Layout;
import io.blemish.jobs.ingest.Manifest;
import io.blemish.jobs.ingest.Photographs;
import io.blemish.jobs.ingest.ReadLimits;
import io.blemish.jobs.ingest.Source;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What to take in, and how.
 *
 * @param from a directory, a file or a glob; with a manifest, what its names are relative to
 * @param layout what the parts of a path mean
 * @param manifest a list of files to be taken instead of what a listing finds
 * @param include which files are photographs by name
 * @param window when files were last changed
 * @param policy whether bytes are copied
 * @param limits what a file may cost
 * @param parallelism tasks that read files; 0 chooses
 * @param maxRejected the largest share of rejected files that still counts as success
 */
public record IngestOptions(
        Optional<String> from,
        Optional<Layout> layout,
        Optional<String> manifest,
        Include include,
        TimeWindow window,
        ContentPolicy policy,
        ReadLimits limits,
        int parallelism,
        double maxRejected) {
    public IngestOptions {
        requireNonNull(include, "include is null");
        requireNonNull(window, "window is null");
        requireNonNull(policy, "policy is null");
        requireNonNull(limits, "limits is null");
        if (from.isEmpty() && manifest.isEmpty()) {
            throw UserException.cannot("ingest", "nothing is named", "Name photographs with --from or --manifest");
        }
        if (layout.isPresent() && manifest.isPresent()) {
            throw UserException.cannot(
                    "ingest", "both --layout and --manifest are given", "Give one of them: each says what files mean");
        }
    }

    /** What the configuration says, with the options that have no key. */
    static IngestOptions of(
            Configuration configuration,
            Optional<String> from,
            Optional<Layout> layout,
            Optional<String> manifest,
            ContentPolicy policy) {
        return new IngestOptions(
                from,
                layout,
                manifest,
                Include.of(configuration.value(Keys.INGEST_INCLUDE)),
                TimeWindow.always(),
                policy,
                limits(configuration),
                configuration.value(Keys.INGEST_PARALLELISM),
                configuration.value(Keys.INGEST_MAX_REJECTED));
    }

    /** The same of files that were last changed within the window. */
    public IngestOptions within(TimeWindow changed) {
        return new IngestOptions(from, layout, manifest, include, changed, policy, limits, parallelism, maxRejected);
    }

    /** What a file may cost, as the configuration says. */
    static ReadLimits limits(Configuration configuration) {
        return new ReadLimits(
                configuration.value(Keys.DECODE_MAX_BYTES),
                configuration.value(Keys.DECODE_MAX_PIXELS),
                configuration.value(Keys.DECODE_MAX_SIDE),
                configuration.value(Keys.DECODE_MAX_ASPECT),
                configuration.value(Keys.DECODE_MAX_TIME));
    }

    /** What is named, in one phrase. */
    String source() {
        return manifest.orElseGet(from::orElseThrow);
    }

    /**
     * Finds the files.
     *
     * @throws UserException when there is none, whenever it was changed
     */
    Photographs photographs(SparkSession spark) {
        Photographs photographs = manifest.isPresent() ? named(spark, manifest.get()) : listed(spark);
        if (photographs.count() == 0) {
            photographs.close();
            throw UserException.cannot(
                    "ingest from " + source(),
                    "no photograph is there, and " + photographs.otherFiles() + " other files",
                    "Name another place, or other extensions than " + String.join(",", include.extensions())
                            + " with --include");
        }
        return photographs.changed(window);
    }

    private Photographs listed(SparkSession spark) {
        Source source = Source.of(from.orElseThrow(), spark.sessionState().newHadoopConf());
        FileMetadata.Reader metadata = layout.isPresent() ? layout.get() : FileMetadata.Reader.none();
        return Photographs.listed(spark, source, include, metadata);
    }

    private Photographs named(SparkSession spark, String file) {
        Manifest list = Manifest.open(spark, file);
        return Photographs.named(list, from.isPresent() ? base(spark, from.get()) : list.folder());
    }

    private static Path base(SparkSession spark, String text) {
        try {
            Path path = new Path(text);
            return path.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(path);
        } catch (IOException | IllegalArgumentException e) {
            throw UserException.cannot(
                    "use " + text + " as the base of the manifest",
                    String.valueOf(e.getMessage()),
                    "Name a directory",
                    e);
        }
    }
}

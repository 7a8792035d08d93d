package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.image.Orientation;
import io.blemish.jobs.ingest.ReadLimits;
import io.blemish.metrics.Mask;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Which truths to import.
 *
 * @param file a list of truths; empty takes the labels that the layout of an ingest, or its manifest, called {@code
 *     truth}
 * @param from what relative names of images are relative to; empty for the list's folder
 * @param maskColour the colour that counts in masks, RRGGBB; empty when every pixel counts that is not black
 * @param orientation whether photographs are turned upright before a mask is laid on them
 * @param limits what a mask may cost
 */
public record TruthImportOptions(
        Optional<String> file,
        Optional<String> from,
        Optional<String> maskColour,
        Orientation orientation,
        ReadLimits limits) {
    public TruthImportOptions {
        requireNonNull(orientation, "orientation is null");
        requireNonNull(limits, "limits is null");
        maskColour.ifPresent(Mask::colour);
        if (file.isEmpty() && (from.isPresent() || maskColour.isPresent())) {
            throw UserException.cannot(
                    "import truths",
                    "--from and --mask-colour belong to a list, and none is named",
                    "Name the list, or leave them out");
        }
    }

    /** What the configuration says, with the options that have no key. */
    static TruthImportOptions of(
            Configuration configuration, Optional<String> file, Optional<String> from, Optional<String> maskColour) {
        return new TruthImportOptions(
                file,
                from,
                maskColour,
                Orientation.parse(configuration.value(Keys.IMAGE_ORIENTATION)),
                IngestOptions.limits(configuration));
    }

    /** What is imported, in one phrase. */
    String origin() {
        return file.orElse("the layout of what was ingested");
    }

    /** The directory that names of images are relative to. */
    Optional<Path> base(SparkSession spark) {
        return from.map(text -> {
            try {
                Path path = new Path(text);
                return path.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(path);
            } catch (IOException | IllegalArgumentException e) {
                throw UserException.cannot(
                        "use " + text + " as the base of " + origin(),
                        String.valueOf(e.getMessage()),
                        "Name a directory with --from",
                        e);
            }
        });
    }
}

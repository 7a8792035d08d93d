package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;

import io.blemish.error.UserException;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.SqlFunctions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * The CLIP that embeds the texts of a statement. Cosines of two models' embeddings mean nothing, and their widths are often
 * equal, so that nothing else would tell: it must be the one that the warehouse's images were embedded with.
 */
final class SqlClip {
    /** A statement without one needs no model; in one that merely mentions it, the check does no harm. */
    private static final Pattern FUNCTION_OF_TEXTS =
            Pattern.compile("\\b(clip_similarity|embed_text|matches_clip)\\b", Pattern.CASE_INSENSITIVE);

    private final Path folder;

    private SqlClip(Path folder) {
        this.folder = folder;
    }

    /** The one that the user names, as an option or as a setting; without that the one that comes with Blemish. */
    static SqlClip of(Optional<Path> option, JobContext context) {
        Path folder = option.or(() -> setting(context)).orElseGet(() -> Home.resolve(Home.POCKET_CLIP));
        return new SqlClip(folder.toAbsolutePath());
    }

    /** That of the command beats that of a session which was there before. */
    private static Optional<Path> setting(JobContext context) {
        String named = context.configuration()
                .spark()
                .getOrDefault(SqlFunctions.CLIP, context.spark().conf().get(SqlFunctions.CLIP, ""));
        return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    }

    /** True for a statement that embeds texts. */
    static boolean isNeededBy(String statement) {
        return FUNCTION_OF_TEXTS.matcher(statement).find();
    }

    /**
     * Lets the warehouse's session embed texts with it.
     *
     * @return what the user should know, where only some of the warehouse's embeddings are its own
     * @throws UserException when none is
     */
    Optional<String> use(Warehouse warehouse) {
        warehouse.spark().conf().set(SqlFunctions.CLIP, folder.toString());
        Set<String> own = SqlFunctions.encoderIds(folder);
        List<Row> encoders = encoders(warehouse);
        String foreign = encoders.stream()
                .filter(encoder -> !own.contains(encoder.getString(0)))
                .map(encoder -> encoder.getString(1))
                .distinct()
                .collect(Collectors.joining(", "));
        if (foreign.isEmpty()) {
            return Optional.empty();
        }
        if (encoders.stream().noneMatch(encoder -> own.contains(encoder.getString(0)))) {
            throw UserException.cannot(
                    "compare texts with the images of " + warehouse,
                    "they were embedded by " + Printable.text(foreign) + ", not by " + folder,
                    "Name the checkpoint that inspect was given with --clip");
        }
        return Optional.of("Some images of " + warehouse + " were embedded by " + Printable.text(foreign) + ", not by "
                + folder + ": their similarities mean nothing. Leave them out with WHERE matches_clip(encoder_id).");
    }

    private static List<Row> encoders(Warehouse warehouse) {
        return warehouse.exists(BundlesTable.DEFINITION)
                ? warehouse
                        .read(BundlesTable.DEFINITION)
                        .where(col("kind").equalTo(BundlesTable.ENCODER))
                        .select("bundle_id", "name")
                        .orderBy("name")
                        .collectAsList()
                : List.of();
    }
}

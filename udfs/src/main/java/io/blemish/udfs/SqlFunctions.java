package io.blemish.udfs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.Tuple3;

/**
 * What Blemish adds to SQL. {@code DESCRIBE FUNCTION EXTENDED clip_similarity} explains a function where it is known.
 *
 * <pre>{@code
 * SqlFunctions.register(spark);
 * spark.sql("SELECT uri, clip_similarity(embedding, 'an orange with blue mould near the stem') AS similarity"
 *         + " FROM current_inspections ORDER BY similarity DESC LIMIT 20");
 * }</pre>
 *
 * <p>Functions of texts embed them with the checkpoint in the folder that the session's setting {@link #CLIP} names.
 */
public final class SqlFunctions {
    /** The setting of a Spark session that names the folder of the checkpoint for functions of texts. */
    public static final String CLIP = TextTower.SETTING;

    private static final List<SqlDefinition> ALL = List.of(
            SqlDefinition.of("clip_similarity", "embedding, text")
                    .purpose(
                            "How well an image fits a text: the cosine of their embeddings, -1 to 1. The text is embedded"
                                    + " by the CLIP that " + CLIP + " names, once if it is a literal")
                    .example("embedding, 'an orange with blue mould near the stem'")
                    .taking(2, SqlFunctions::clipSimilarity),
            SqlDefinition.of("cosine_similarity", "a, b")
                    .purpose("The cosine of the angle between two vectors of array<float> of one width, -1 to 1")
                    .example("a.embedding, b.embedding")
                    .taking(2, arguments -> SqlDefinition.applied(new CosineSimilarity(), arguments)),
            SqlDefinition.of("embed_text", "text")
                    .purpose("The embedding of a text by the CLIP that " + CLIP + " names, not normalised")
                    .example("'a sound apple'")
                    .taking(1, SqlFunctions::embedText),
            SqlDefinition.of("matches_clip", "encoder_id")
                    .purpose("Whether embeddings of this encoder may be compared with texts: it is the CLIP that "
                            + CLIP + " names, in any precision")
                    .example("encoder_id")
                    .taking(1, SqlFunctions::matchesClip),
            SqlDefinition.of("heatmap_tile", "content, grid, region[, rows, cols]")
                    .purpose(
                            "A heat map drawn over its photograph, as a PNG of at most 512 pixels; the grid is a square"
                                    + " unless its rows and columns are given")
                    .example("content, maps[0].grid, region, map_rows, map_cols")
                    .taking(3, 5, arguments -> SqlDefinition.applied(new HeatmapTile(shape(arguments, 3)), arguments)),
            SqlDefinition.of("heatmap_peak", "grid, region[, rows, cols]")
                    .purpose(
                            "Where a heat map is largest, as x and y in pixels of the upright photograph; null for a flat"
                                    + " one")
                    .example("maps[0].grid, region, map_rows, map_cols")
                    .taking(2, 4, arguments -> SqlDefinition.applied(new HeatmapPeak(shape(arguments, 2)), arguments)),
            SqlDefinition.of("wilson_interval", "count, of")
                    .purpose("Wilson's 95 % interval of the share count / of, as low and high")
                    .example("count_if(defective), count(*)")
                    .taking(2, arguments -> SqlDefinition.applied(new WilsonInterval(), arguments)));

    private SqlFunctions() {}

    /** Makes the functions known to a session, until it ends. */
    public static void register(SparkSession spark) {
        requireNonNull(spark, "spark is null");
        FunctionRegistry registry = spark.sessionState().functionRegistry();
        for (SqlDefinition function : ALL) {
            registry.registerFunction(function.identifier(), function.info(), function);
        }
    }

    /** Makes the functions known to every session that is opened with the extensions. */
    public static void inject(SparkSessionExtensions extensions) {
        requireNonNull(extensions, "extensions is null");
        for (SqlDefinition function : ALL) {
            extensions.injectFunction(new Tuple3<>(function.identifier(), function.info(), function));
        }
    }

    /** The functions' names. */
    public static List<String> names() {
        return ALL.stream().map(SqlDefinition::name).toList();
    }

    /**
     * Every {@code encoder_id} whose embeddings may be compared with texts that the checkpoint of a folder embeds.
     *
     * @throws io.blemish.error.UserException when there is no checkpoint
     */
    public static Set<String> encoderIds(Path folder) {
        return TextTower.of(folder.toString()).encoderIds();
    }

    /** The text is an argument of its own in the plan, so that Spark embeds a literal before it looks at any row. */
    private static Expression clipSimilarity(List<Expression> arguments) {
        Expression text = embedText(arguments.subList(1, 2));
        return SqlDefinition.applied(new ClipSimilarity(), List.of(arguments.get(0), text));
    }

    private static Expression embedText(List<Expression> arguments) {
        return SqlDefinition.applied(new EmbedText(TextTower.folder()), arguments);
    }

    private static Expression matchesClip(List<Expression> arguments) {
        Expression encoders = SqlDefinition.applied(new ClipEncoders(TextTower.folder()), List.of());
        return new ArrayContains(encoders, arguments.get(0));
    }

    private static HeatmapShape shape(List<Expression> arguments, int withoutShape) {
        return arguments.size() == withoutShape ? HeatmapShape.SQUARE : HeatmapShape.GIVEN;
    }
}

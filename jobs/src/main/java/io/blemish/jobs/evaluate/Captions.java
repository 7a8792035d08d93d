package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.any_value;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The captions of a subject's images, and what they are held against.
 *
 * <p>One row for each image that a captioner has captioned: {@code image_id}, {@code embedding}, {@code references} (what
 * people say of it, null when nobody does) and {@code candidates}: of each captioner its caption, whose {@code method} is
 * null, and beside it what any captioner must beat: {@link #SUMMARY}, the sentence composed from the label; {@link
 * #MOST_FREQUENT}, the most frequent reference of all, said of every image; and {@link #NEAREST}, a reference of the other
 * image that looks most alike.
 */
final class Captions {
    /** The {@code method} of the sentence that {@code inspect} composes. */
    static final String SUMMARY = "summary";

    /** The {@code method} of the reference that most images have. */
    static final String MOST_FREQUENT = "most_frequent";

    /** The {@code method} of a reference of another image, the one whose embedding is closest. */
    static final String NEAREST = "nearest";

    private static final String CANDIDATES = "filter(flatten(transform(captions, c -> array(c"
            + Stream.of(SUMMARY, MOST_FREQUENT, NEAREST)
                    .map(method -> ", named_struct('captioner', c.captioner, 'method', '" + method + "', 'text', "
                            + method + ")")
                    .collect(Collectors.joining())
            + "))), c -> c.text IS NOT NULL)";

    private Captions() {}

    /** The rows of {@code inspections} that hold a caption, of those that succeeded. */
    static Column captioned() {
        return col("captioner_id")
                .notEqual(InspectionsTable.NO_CAPTIONER)
                .and(col("caption").isNotNull());
    }

    /** What people say of images: {@code image_id, references}, of every source what it stated last. */
    static Dataset<Row> references(Warehouse warehouse, Optional<String> source) {
        Column counts = col("kind")
                .equalTo(TruthsTable.CAPTION)
                .and(col("value").isNotNull())
                .and(source.map(name -> col("source").equalTo(name)).orElse(lit(true)));
        return TruthsTable.current(warehouse.read(TruthsTable.DEFINITION))
                .where(counts)
                .groupBy("image_id")
                .agg(array_sort(collect_set("value")).as("references"));
    }

    /**
     * The images.
     *
     * @param inspections all rows of the subject that succeeded, of every captioner
     * @param references of {@link #references}
     */
    static Dataset<Row> of(Dataset<Row> inspections, Dataset<Row> references) {
        Column caption = struct(
                col("captioner_id").as("captioner"),
                lit(null).cast("string").as("method"),
                col("caption").as("text"));
        return inspections
                .groupBy("image_id")
                .agg(
                        array_sort(collect_list(when(captioned(), caption))).as("captions"),
                        any_value(col("summary"), lit(true)).as("summary"),
                        any_value(col("embedding"), lit(true)).as("embedding"))
                .where(size(col("captions")).gt(0))
                .join(references, new String[] {"image_id"}, "left");
    }

    /** The images of {@link #of} with all candidates. */
    static Dataset<Row> withCandidates(Dataset<Row> images) {
        Dataset<Row> referenced = images.where(col("references").isNotNull());
        Optional<String> frequent = mostFrequent(referenced);
        Optional<NearestCaption> nearest = NearestCaption.of(referenced);
        return images.withColumn(MOST_FREQUENT, lit(frequent.orElse(null)).cast("string"))
                .withColumn(
                        NEAREST,
                        nearest.map(known -> udf(known, DataTypes.StringType).apply(col("image_id"), col("embedding")))
                                .orElse(lit(null).cast("string")))
                .withColumn("candidates", expr(CANDIDATES))
                .select("image_id", "embedding", "references", "candidates");
    }

    /** The reference that most of the images have; empty when none has any. */
    private static Optional<String> mostFrequent(Dataset<Row> images) {
        List<Row> first = images.select(explode(col("references")).as("text"))
                .groupBy("text")
                .agg(count(lit(1)).as("images"))
                .orderBy(col("images").desc(), col("text"))
                .takeAsList(1);
        return first.stream().map(row -> row.getString(0)).findFirst();
    }
}

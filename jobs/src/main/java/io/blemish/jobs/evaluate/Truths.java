package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is said of each image, in the words of a knowledge base. Where several sources speak about one image and kind,
 * the one that spoke last counts.
 */
public final class Truths {
    private static final int EXAMPLES = 5;

    private final Dataset<Row> said;

    private Truths(Dataset<Row> said) {
        this.said = said;
    }

    /**
     * The current truths of a warehouse.
     *
     * @param source the one source that counts; empty for all of them
     */
    public static Truths of(Warehouse warehouse, Optional<String> source, Vocabulary vocabulary) {
        Dataset<Row> current = TruthsTable.current(warehouse.read(TruthsTable.DEFINITION));
        if (source.isPresent()) {
            current = current.where(col("source").equalTo(source.get()));
        }
        WindowSpec bySource = Window.partitionBy("image_id", "kind", "source");
        WindowSpec newest =
                Window.partitionBy("image_id", "kind").orderBy(col("said_at").desc(), col("source"));
        return new Truths(current.withColumn("said_at", max("stated_at").over(bySource))
                .withColumn("age", dense_rank().over(newest))
                .where(col("age").equalTo(1))
                .withColumn("meaning", udf(vocabulary, DataTypes.StringType).apply(col("value")))
                .select("image_id", "kind", "value", "mask_uri", "mask_colour", "meaning"));
    }

    /**
     * One row for each image with a label: its {@code defects} by name, and whether it is {@code sound}, or {@code
     * somehow} defective; several words may contradict each other.
     */
    public Dataset<Row> labels() {
        Column meaning = col("meaning");
        return said.where(col("kind").equalTo(TruthsTable.LABEL).and(meaning.isNotNull()))
                .groupBy("image_id")
                .agg(
                        array_sort(collect_set(defect())).as("defects"),
                        bool_or(meaning.equalTo(Vocabulary.SOUND)).as("sound"),
                        bool_or(meaning.equalTo(Vocabulary.DEFECTIVE)).as("somehow"));
    }

    /** True for rows of {@link #labels} that say both that something is wrong and that nothing is. */
    public static Column contradictory() {
        return col("sound").and(col("somehow").or(size(col("defects")).gt(0)));
    }

    /**
     * One row for each image and defect with masks: {@code defect} by name, {@link Vocabulary#DEFECTIVE} where the mask
     * says that something is wrong, not what; {@code masks} are URIs with the colours that count.
     */
    public Dataset<Row> masks() {
        return said.where(col("kind")
                        .equalTo(TruthsTable.MASK)
                        .and(col("meaning").isNotNull())
                        .and(col("meaning").notEqual(Vocabulary.SOUND)))
                .groupBy(
                        col("image_id"),
                        coalesce(defect(), lit(Vocabulary.DEFECTIVE)).as("defect"))
                .agg(array_sort(collect_set(struct(col("mask_uri"), col("mask_colour"))))
                        .as("masks"));
    }

    /** Words of labels and masks that mean nothing, the most frequent of them, with the number of their rows. */
    public Map<String, Long> unmapped() {
        Map<String, Long> words = new LinkedHashMap<>();
        unmappedRows()
                .groupBy("value")
                .agg(count(lit(1)).as("rows"))
                .orderBy(col("rows").desc(), col("value"))
                .takeAsList(EXAMPLES)
                .forEach(row -> words.put(row.getString(0), row.getLong(1)));
        return words;
    }

    /** How many rows of labels and masks have a word that means nothing. */
    public long unmappedCount() {
        return unmappedRows().count();
    }

    private Dataset<Row> unmappedRows() {
        return said.where(col("kind")
                .isin(TruthsTable.LABEL, TruthsTable.MASK)
                .and(col("meaning").isNull()));
    }

    private static Column defect() {
        Column named = col("meaning").startsWith(Vocabulary.DEFECT);
        return when(named, substring(col("meaning"), Vocabulary.DEFECT.length() + 1, Integer.MAX_VALUE));
    }
}

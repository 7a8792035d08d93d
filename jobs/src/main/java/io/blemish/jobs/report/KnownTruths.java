package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.blemish.jobs.evaluate.Truths;
import io.blemish.jobs.evaluate.Vocabulary;
import io.blemish.jobs.report.Exhibit.Truth;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is known of the photographs of a warehouse, in the words of the subject's knowledge base. */
final class KnownTruths {
    private KnownTruths() {}

    /**
     * {@code image_id}, an array {@code labels}, {@link Truth#SOUND} or the names of defects, and {@code severity}, null
     * where none or several are stated; empty for a warehouse that no truths were imported into. Images of which it is
     * known that something is wrong with them, but not what, are left out, and so are contradictions.
     */
    static Optional<Dataset<Row>> of(Warehouse warehouse, Subject subject) {
        if (!warehouse.exists(TruthsTable.DEFINITION)) {
            return Optional.empty();
        }
        Vocabulary vocabulary = new Vocabulary(subject.base(), Map.of());
        Column sound = when(col("sound"), array(lit(Truth.SOUND))).otherwise(array());
        Dataset<Row> labels = Truths.of(warehouse, Optional.empty(), vocabulary)
                .labels()
                .where(not(Truths.contradictory()))
                .select(col("image_id"), array_union(col("defects"), sound).as("labels"))
                .where(size(col("labels")).gt(0));
        return Optional.of(labels.join(severities(warehouse), new String[] {"image_id"}, "left_outer"));
    }

    private static Dataset<Row> severities(Warehouse warehouse) {
        return TruthsTable.current(warehouse.read(TruthsTable.DEFINITION))
                .where(col("kind").equalTo(TruthsTable.SEVERITY))
                .groupBy("image_id")
                .agg(when(count_distinct(col("value")).equalTo(1), max("value")).as("severity"));
    }
}

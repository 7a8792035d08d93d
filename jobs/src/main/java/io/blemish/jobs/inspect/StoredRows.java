package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.blemish.error.UserException;
import io.blemish.explain.Method;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.CaptionRows;
import io.blemish.udfs.VerdictRules;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Inspections by the same encoder and knowledge base, but another captioner, or none: what a new captioner begins with. Their labels and
 * heat maps are taken over, captions are written from their embeddings, and verdict rules, which may read captions, are asked again; no
 * photograph is opened.
 */
public final class StoredRows {
    private final Dataset<Row> rows;
    private final KnowledgeBase base;

    private StoredRows(Dataset<Row> rows, KnowledgeBase base) {
        this.rows = rows;
        this.base = base;
    }

    /** How inspections must have been made to be taken over. */
    public record Made(KnowledgeBase base, LabelOptions label, Collection<Method> methods) {}

    /**
     * The inspections to begin with: those without captions if there are any, else the newest; empty when none were made so.
     *
     * @param pair condition on encoder and knowledge base
     * @param captionerId the new captioner, whose own rows don't count
     */
    public static Optional<StoredRows> find(Warehouse warehouse, Column pair, String captionerId, Made made) {
        return warehouse
                .read(InspectionsTable.DEFINITION)
                .where(pair.and(col("captioner_id").notEqual(captionerId)))
                .groupBy("captioner_id")
                .agg(max("inspected_at").as("newest"))
                .orderBy(
                        col("captioner_id").notEqual(InspectionsTable.NO_CAPTIONER),
                        col("newest").desc())
                .collectAsList()
                .stream()
                .map(row ->
                        new RowsAtHand(warehouse, pair.and(col("captioner_id").equalTo(row.getString(0)))))
                .filter(atHand -> wereMadeSo(atHand, made))
                .findFirst()
                .map(atHand -> new StoredRows(atHand.rows().where(usable()), made.base()));
    }

    /** Rows made by relabel have no embedding to write captions from. */
    private static Column usable() {
        return col("embedding").isNotNull().or(col("status").equalTo(InspectionsTable.FAILED));
    }

    private static boolean wereMadeSo(RowsAtHand atHand, Made made) {
        try {
            atHand.requireSame(made.base(), made.label(), made.methods());
            return true;
        } catch (UserException differs) {
            return false;
        }
    }

    /** The inspections: {@code image_id} and {@code part}, and what was learned. */
    public Dataset<Row> rows() {
        return rows;
    }

    /**
     * Rows of {@code inspections} with captions, not yet computed.
     *
     * @param those a condition on {@link #rows}
     * @param captions writes them
     * @param identities the columns that are equal in all rows, such as {@code run_id}, by name
     */
    public Dataset<Row> captioned(Column those, CaptionRows captions, Map<String, String> identities) {
        Dataset<Row> written = captions.of(rows.where(those)).withColumn("inspected_at", current_timestamp());
        for (Map.Entry<String, String> identity : identities.entrySet()) {
            written = written.withColumn(identity.getKey(), lit(identity.getValue()));
        }
        return written.withColumn("verdict", VerdictRules.column(base, written.schema()));
    }
}

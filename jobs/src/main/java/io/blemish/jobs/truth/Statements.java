package io.blemish.jobs.truth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.blemish.tables.TruthsTable;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Puts what a list says about one image, in one kind and by one source, together into one statement, whose identity is a
 * hash of it all.
 *
 * <p>A statement that the warehouse has is not made again: if it tells when it was made, ever; if it does not, as long
 * as it is the newest of its source, for people may say one thing, then another, and then the first again.
 */
public final class Statements {
    private static final int HASH_BITS = 256;

    private Statements() {}

    /**
     * The statements of the rows: {@code image_id, kind, source, said, dated, statement_id}.
     *
     * @param rows with {@code image_id, kind, value, mask_uri, mask_colour, source, author, stated_at}
     */
    public static Dataset<Row> of(Dataset<Row> rows) {
        Column said = struct(col("value"), col("mask_uri"), col("mask_colour"), col("author"), col("stated_at"));
        return rows.groupBy("image_id", "kind", "source")
                .agg(
                        sort_array(collect_set(said)).as("said"),
                        max(col("stated_at").isNotNull()).as("dated"))
                .withColumn(
                        "statement_id",
                        sha2(
                                to_json(struct(col("image_id"), col("kind"), col("source"), col("said")))
                                        .cast("binary"),
                                HASH_BITS));
    }

    /**
     * Those of the statements that the warehouse does not have.
     *
     * @param truths the rows of {@code truths}
     */
    public static Dataset<Row> fresh(Dataset<Row> statements, Dataset<Row> truths) {
        Dataset<Row> ever = truths.select(col("statement_id").as("known_id")).distinct();
        Dataset<Row> now = TruthsTable.current(truths)
                .select(col("statement_id").as("known_id"))
                .distinct();
        Column known = col("statement_id").equalTo(col("known_id"));
        return statements
                .where(col("dated"))
                .join(ever, known, "left_anti")
                .union(statements.where(not(col("dated"))).join(now, known, "left_anti"));
    }

    /** The rows of {@code truths} that make the statements, in the name of the run. */
    public static Dataset<Row> rows(Dataset<Row> statements, Instant importedAt, String runId) {
        return statements
                .withColumn("one", explode(col("said")))
                .select(
                        col("image_id"),
                        col("kind"),
                        col("source"),
                        coalesce(col("one.stated_at"), lit(importedAt)).as("stated_at"),
                        col("one.author").as("author"),
                        col("statement_id"),
                        lit(runId).as("run_id"),
                        col("one.value").as("value"),
                        col("one.mask_uri").as("mask_uri"),
                        col("one.mask_colour").as("mask_colour"));
    }
}

package io.blemish.jobs.maintain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.blemish.tables.BundlesTable;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * What is true of every row of a table. That required columns are filled is not among it: Delta holds every writer to that.
 *
 * @param name the promise, in words
 * @param condition the same in SQL; it reads no wide column
 */
record Constraint(String name, String condition) {
    private static final Map<String, List<Constraint>> OF_TABLES = Map.of(
            FilesTable.NAME,
            List.of(
                    new Constraint("status is ok or rejected", "status IN ('ok', 'rejected')"),
                    new Constraint("what is ok has an image", "status <> 'ok' OR image_id IS NOT NULL"),
                    new Constraint("what is rejected has a code", "status <> 'rejected' OR reject_code IS NOT NULL")),
            ImagesTable.NAME,
            List.of(
                    new Constraint("width and height are positive", "width > 0 AND height > 0"),
                    new Constraint("orientation is 1 to 8", "orientation BETWEEN 1 AND 8")),
            InspectionsTable.NAME,
            List.of(
                    new Constraint("status is ok or failed", "status IN ('ok', 'failed')"),
                    new Constraint(
                            "what is ok is labelled, what failed is not",
                            "(status = 'ok') = (defective IS NOT NULL AND verdict IS NOT NULL)"),
                    new Constraint(
                            "what is defective has a defect", "NOT coalesce(defective, false) OR defect IS NOT NULL"),
                    new Constraint("clip_score is 0 to 2.5", "clip_score IS NULL OR clip_score BETWEEN 0 AND 2.5")),
            TilesTable.NAME,
            List.of(
                    new Constraint("rank is not negative", "rank >= 0"),
                    new Constraint("only the combined tile has no probability", "(rank = 0) = (probability IS NULL)"),
                    new Constraint("probability is 0 to 1", "probability IS NULL OR probability BETWEEN 0 AND 1")),
            CaptionWordsTable.NAME,
            List.of(new Constraint("word_index is not negative", "word_index >= 0")),
            TruthsTable.NAME,
            List.of(
                    new Constraint("kind is known", "kind IN ('label', 'severity', 'caption', 'mask')"),
                    new Constraint("a mask lies somewhere", "kind <> 'mask' OR mask_uri IS NOT NULL")),
            EvaluationsTable.NAME,
            List.of(new Constraint("an interval holds its value", "low IS NULL OR high IS NULL OR low <= high")),
            RunsTable.NAME,
            List.of(new Constraint("state is known", "state IN ('started', 'heartbeat', 'finished', 'failed')")),
            BundlesTable.NAME,
            List.of(new Constraint("kind is encoder or captioner", "kind IN ('encoder', 'captioner')")));

    /** What is true of the rows of the table. */
    static List<Constraint> of(TableDefinition table) {
        return OF_TABLES.getOrDefault(table.name(), List.of());
    }

    /** True of rows that break it; what cannot be told is broken too. */
    Column broken() {
        return not(coalesce(expr(condition), lit(false)));
    }
}

package io.blemish.tables;

import io.blemish.error.UserException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The names under which SQL sees a warehouse: every table by its own, {@code current_runs} with the latest event of
 * each run, {@code current_inspections} with the inspections that count now (those of the encoder, captioner and
 * knowledge base whose newest inspection is the newest of all), {@code current_truths} with the newest statement of each
 * source about each image and kind, and {@code current_evaluations} with the newest evaluation of each encoder and
 * knowledge base.
 */
public final class Views {
    /** Every table of a warehouse. */
    public static final List<TableDefinition> TABLES = List.of(
            FilesTable.DEFINITION,
            ImagesTable.DEFINITION,
            InspectionsTable.DEFINITION,
            TilesTable.DEFINITION,
            CaptionWordsTable.DEFINITION,
            TruthsTable.DEFINITION,
            EvaluationsTable.DEFINITION,
            RunsTable.DEFINITION,
            KnowledgeBasesTable.DEFINITION,
            BundlesTable.DEFINITION);

    /** The inspections that count now. */
    public static final String CURRENT_INSPECTIONS = "current_inspections";

    /** The latest event of each run. */
    public static final String CURRENT_RUNS = "current_runs";

    /** The newest statement of each source about each image and kind. */
    public static final String CURRENT_TRUTHS = "current_truths";

    /** The newest evaluation of each encoder and knowledge base. */
    public static final String CURRENT_EVALUATIONS = "current_evaluations";

    private static final String SELECT_CURRENT_INSPECTIONS = """
            SELECT inspections.* FROM inspections LEFT SEMI JOIN (
              SELECT encoder_id, captioner_id, kb_id FROM inspections
              GROUP BY encoder_id, captioner_id, kb_id
              ORDER BY max(inspected_at) DESC, encoder_id, captioner_id, kb_id LIMIT 1
            ) AS newest
            ON inspections.encoder_id = newest.encoder_id
              AND inspections.captioner_id = newest.captioner_id
              AND inspections.kb_id = newest.kb_id
            """;

    private static final String SELECT_CURRENT_RUNS = """
            SELECT * EXCEPT (newest) FROM (
              SELECT *, row_number() OVER (
                PARTITION BY run_id ORDER BY at DESC, state IN ('finished', 'failed') DESC
              ) AS newest FROM runs
            ) WHERE newest = 1
            """;

    private Views() {}

    /**
     * Gives the names to the tables that are there, as temporary views of the warehouse's session.
     *
     * @throws UserException when the warehouse has no table at all
     */
    public static void register(Warehouse warehouse) {
        List<TableDefinition> present =
                TABLES.stream().filter(warehouse::exists).toList();
        if (present.isEmpty()) {
            throw UserException.cannot(
                    "query the warehouse " + warehouse,
                    "it has no tables",
                    "Name another one with --warehouse, or run blemish ingest first");
        }
        for (TableDefinition table : present) {
            warehouse.read(table).createOrReplaceTempView(Identifiers.quoted(table.name()));
        }
        register(warehouse, present, InspectionsTable.DEFINITION, CURRENT_INSPECTIONS, SELECT_CURRENT_INSPECTIONS);
        register(warehouse, present, TruthsTable.DEFINITION, CURRENT_TRUTHS, TruthsTable::current);
        register(warehouse, present, EvaluationsTable.DEFINITION, CURRENT_EVALUATIONS, EvaluationsTable::current);
        register(warehouse, present, RunsTable.DEFINITION, CURRENT_RUNS, SELECT_CURRENT_RUNS);
    }

    private static void register(
            Warehouse warehouse, List<TableDefinition> present, TableDefinition table, String view, String select) {
        register(warehouse, present, table, view, rows -> warehouse.spark().sql(select));
    }

    private static void register(
            Warehouse warehouse,
            List<TableDefinition> present,
            TableDefinition table,
            String view,
            UnaryOperator<Dataset<Row>> select) {
        if (present.contains(table)) {
            select.apply(warehouse.read(table)).createOrReplaceTempView(view);
        }
    }
}

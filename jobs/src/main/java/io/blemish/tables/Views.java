package io.blemish.tables;

import io.blemish.error.UserException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The names under which SQL sees a warehouse: every table by its own, and the views of {@link CurrentViews}. Where
 * nothing is inspected, or nothing promoted yet, {@code inspections} and {@code releases} are empty; other tables, and
 * the views that read them, are not there before their jobs have run.
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
            DefectTrendsTable.DEFINITION,
            EvaluationsTable.DEFINITION,
            RunsTable.DEFINITION,
            KnowledgeBasesTable.DEFINITION,
            BundlesTable.DEFINITION,
            ReleasesTable.DEFINITION);

    /** What every view may ask for. */
    private static final List<TableDefinition> EMPTY_AT_FIRST =
            List.of(InspectionsTable.DEFINITION, ReleasesTable.DEFINITION);

    private Views() {}

    /**
     * Gives the names to the tables that are there and to the views of them, as temporary views of the warehouse's
     * session.
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
        SparkSession spark = warehouse.spark();
        for (TableDefinition table : TABLES) {
            if (present.contains(table)) {
                name(warehouse.read(table), table.name());
            } else if (EMPTY_AT_FIRST.contains(table)) {
                name(spark.createDataFrame(List.of(), table.schema()), table.name());
            }
        }
        for (View view : CurrentViews.ALL) {
            if (view.tables().stream().allMatch(table -> present.contains(table) || EMPTY_AT_FIRST.contains(table))) {
                name(spark.sql(view.select(View.Dialect.SPARK)), view.name());
            }
        }
    }

    private static void name(Dataset<Row> rows, String name) {
        rows.createOrReplaceTempView(Identifiers.quoted(name));
    }
}

package io.blemish.jobs.maintain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.blemish.jobs.ingest.Candidates;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import io.delta.tables.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Asks whether the tables hold what they promise. It reads, and no wide column. */
public final class Checks {
    private static final String AGAIN =
            "Please report how it came about; the rows of that run may be deleted and made again";

    private static final int READER_VERSION = 1;
    private static final int WRITER_VERSION = 2;

    /** Delta keeps these in the protocol, not among the properties. */
    private static final Set<String> PROTOCOL = Set.of("delta.minReaderVersion", "delta.minWriterVersion");

    private final Warehouse warehouse;
    private final List<Finding> findings = new ArrayList<>();
    private int asked;

    private Checks(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * What was found.
     *
     * @param asked how many checks there were
     * @param findings what they found; empty when all is well
     */
    public record Outcome(int asked, List<Finding> findings) {
        public Outcome {
            findings = List.copyOf(findings);
        }

        /** How many promises are broken. */
        public long defects() {
            return findings.stream()
                    .filter(finding -> finding.weight() == Finding.Weight.DEFECT)
                    .count();
        }
    }

    /** Asks everything of the tables that are there. */
    public static Outcome of(Warehouse warehouse) {
        Checks checks = new Checks(warehouse);
        for (TableDefinition table : Views.TABLES) {
            if (warehouse.exists(table)) {
                checks.format(table);
                checks.constraints(table);
                checks.duplicates(table);
            }
        }
        checks.images();
        checks.registers();
        checks.ingests();
        return new Outcome(checks.asked, checks.findings);
    }

    /** Other engines must be able to read the table, and old versions must stay as long as promised. */
    private void format(TableDefinition table) {
        Row detail = DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .detail()
                .select("minReaderVersion", "minWriterVersion", "properties")
                .first();
        int reader = detail.getInt(0);
        int writer = detail.getInt(1);
        found(
                "other engines can read it",
                table,
                reader > READER_VERSION || writer > WRITER_VERSION ? 1 : 0,
                "its protocol is reader " + reader + ", writer " + writer,
                "Something else has raised the protocol; ALTER TABLE … DROP FEATURE lowers it again");
        Map<String, String> found = new TreeMap<>(detail.getJavaMap(2));
        List<String> others = new ArrayList<>();
        table.properties().forEach((name, wanted) -> {
            if (!PROTOCOL.contains(name) && !wanted.equals(found.get(name))) {
                others.add(name + " is " + found.get(name) + ", not " + wanted);
            }
        });
        found(
                "properties are those of this version",
                table,
                Finding.Weight.NOTE,
                others.size(),
                String.join("; ", others),
                "ALTER TABLE … SET TBLPROPERTIES changes them");
    }

    private void constraints(TableDefinition table) {
        List<Constraint> constraints = Constraint.of(table);
        if (constraints.isEmpty()) {
            return;
        }
        Column first = col(table.schema().fieldNames()[0]);
        List<Column> measures = new ArrayList<>();
        for (Constraint constraint : constraints) {
            measures.add(count_if(constraint.broken()));
            measures.add(min(when(constraint.broken(), first)));
        }
        Column[] rest = measures.subList(1, measures.size()).toArray(new Column[0]);
        Row broken = warehouse.read(table).agg(measures.get(0), rest).first();
        for (int i = 0; i < constraints.size(); i++) {
            found(constraints.get(i).name(), table, broken.getLong(2 * i), broken.getString(2 * i + 1), AGAIN);
        }
    }

    private void duplicates(TableDefinition table) {
        if (table.key().isEmpty()) {
            return;
        }
        Column[] key = table.key().stream().map(functions::col).toArray(Column[]::new);
        Dataset<Row> twice = settled(table)
                .groupBy(key)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1));
        Row found =
                twice.agg(count(lit(1)), min(to_json(functions.struct(key)))).first();
        found("no two rows have one key", table, found.getLong(0), found.getString(1), AGAIN);
    }

    /** Files that could not be read for a passing reason have a row for each try. */
    private Dataset<Row> settled(TableDefinition table) {
        Dataset<Row> rows = warehouse.read(table);
        return table.equals(FilesTable.DEFINITION) ? rows.where(functions.not(Candidates.passing())) : rows;
    }

    private void images() {
        if (!warehouse.exists(ImagesTable.DEFINITION)) {
            return;
        }
        Dataset<Row> images = warehouse.read(ImagesTable.DEFINITION);
        String cure = "Remove what is left of it with blemish forget --image-id, or ingest the photograph again";
        for (TableDefinition table : List.of(
                FilesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                TilesTable.DEFINITION,
                CaptionWordsTable.DEFINITION,
                TruthsTable.DEFINITION)) {
            if (warehouse.exists(table)) {
                Dataset<Row> rows = table.equals(FilesTable.DEFINITION)
                        ? warehouse.read(table).where(col("status").equalTo(FilesTable.OK))
                        : warehouse.read(table);
                without("every row has its image", table, Finding.Weight.DEFECT, rows, images, "image_id", cure);
            }
        }
        if (warehouse.exists(InspectionsTable.DEFINITION)) {
            without(
                    "every image is inspected",
                    ImagesTable.DEFINITION,
                    Finding.Weight.NOTE,
                    images,
                    warehouse.read(InspectionsTable.DEFINITION),
                    "image_id",
                    "Run blemish inspect");
        }
        Row undated = images.agg(
                        count_if(col("captured_at").isNull()),
                        min(when(col("captured_at").isNull(), col("image_id"))))
                .first();
        found(
                "every image is dated",
                ImagesTable.DEFINITION,
                Finding.Weight.NOTE,
                undated.getLong(0),
                undated.getString(1),
                "Undated images are in no window of --since and --until; jobs without a window take them");
    }

    /** What inspections were made with must be told, or nobody can say what they mean. */
    private void registers() {
        if (!warehouse.exists(InspectionsTable.DEFINITION)
                || !warehouse.exists(KnowledgeBasesTable.DEFINITION)
                || !warehouse.exists(BundlesTable.DEFINITION)) {
            return;
        }
        Dataset<Row> inspections = warehouse.read(InspectionsTable.DEFINITION);
        Dataset<Row> bases = warehouse.read(KnowledgeBasesTable.DEFINITION);
        Dataset<Row> bundles = warehouse.read(BundlesTable.DEFINITION);
        Dataset<Row> captioned = inspections.where(col("captioner_id").notEqual(InspectionsTable.NO_CAPTIONER));
        registered("kb_id", inspections, bases.select("kb_id"));
        registered("encoder_id", inspections, bundles.select(col("bundle_id").as("encoder_id")));
        registered("captioner_id", captioned, bundles.select(col("bundle_id").as("captioner_id")));
    }

    /** Each listed file must have a row, but for those of images that were forgotten since. */
    private void ingests() {
        if (!warehouse.exists(RunsTable.DEFINITION) || !warehouse.exists(FilesTable.DEFINITION)) {
            return;
        }
        Dataset<Row> rows = warehouse
                .read(FilesTable.DEFINITION)
                .groupBy(col("run_id").as("of_run"))
                .agg(count(lit(1)).as("rows"));
        Dataset<Row> finished = warehouse.read(RunsTable.DEFINITION).where("state = 'finished'");
        Dataset<Row> ingests = finished.where("job = 'ingest'")
                .join(rows, col("run_id").equalTo(col("of_run")), "left_outer")
                .selectExpr(
                        "run_id",
                        "counts['listed'] - counts['known'] AS fresh",
                        "counts['ok'] + counts['rejected'] AS told",
                        "coalesce(rows, 0) AS rows");
        Row unequal =
                ingests.where("fresh <> told").agg(count(lit(1)), min("run_id")).first();
        found(
                "taken in and rejected are what was listed",
                FilesTable.DEFINITION,
                unequal.getLong(0),
                unequal.getString(1),
                AGAIN);
        long forgotten = finished.where("job = 'forget'")
                .selectExpr("coalesce(sum(counts['files']), 0)")
                .first()
                .getLong(0);
        Row lost = ingests.where("rows <> told")
                .selectExpr("coalesce(sum(told - rows), 0)", "min(run_id)")
                .first();
        found(
                "every listed file has its row",
                FilesTable.DEFINITION,
                Math.abs(lost.getLong(0) - forgotten),
                lost.getString(1),
                AGAIN);
    }

    private void registered(String id, Dataset<Row> inspections, Dataset<Row> register) {
        without(
                "every " + id + " is registered",
                InspectionsTable.DEFINITION,
                Finding.Weight.DEFECT,
                inspections,
                register,
                id,
                "Run blemish inspect again with the same models and knowledge base: it registers them");
    }

    private void without(
            String check,
            TableDefinition table,
            Finding.Weight weight,
            Dataset<Row> rows,
            Dataset<Row> others,
            String id,
            String cure) {
        Dataset<Row> known = others.select(col(id).as("known_id"));
        Row lost = rows.select(id)
                .distinct()
                .join(known, col(id).equalTo(col("known_id")), "left_anti")
                .agg(count(lit(1)), min(id))
                .first();
        found(check, table, weight, lost.getLong(0), lost.getString(1), cure);
    }

    private void found(String check, TableDefinition table, long count, String example, String cure) {
        found(check, table, Finding.Weight.DEFECT, count, example, cure);
    }

    private void found(
            String check, TableDefinition table, Finding.Weight weight, long count, String example, String cure) {
        asked++;
        if (count > 0) {
            findings.add(new Finding(check, table.name(), weight, count, String.valueOf(example), cure));
        }
    }
}

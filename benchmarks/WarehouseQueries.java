import static org.apache.spark.sql.functions.expr;

import io.blemish.jobs.Configuration;
import io.blemish.jobs.SparkSessions;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.ReleasesTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.SqlFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes a warehouse of inspections that no photograph stands behind, with all their arrays, and times an analyst's queries on it. Run by
 * queries.sh; a program of one file, which Java runs from its source.
 *
 * <p>{@code make WAREHOUSE ROWS}: a year, 4 products, 5 sites, 4 lines each, 1 of 10 images defective, by one of 8 defects. Images are
 * ingested 50,000 at a time in the order in which they were taken, but for one of 20 that comes up to 30 days late.
 *
 * <p>{@code ask WAREHOUSE}: each query twice in one session; prints the seconds of both, and how many files and bytes its scans read.
 */
public final class WarehouseQueries {
    private static final long CHUNK = 50_000;

    /** A white PNG of one pixel. */
    private static final String DOT = "89504E470D0A1A0A0000000D4948445200000001000000010802000000907753DE"
            + "0000000C4944415478DA63F8FFFF3F0005FE02FE331295140000000049454E44AE426082";

    private static final String ALIKE = "SELECT uri, cosine_similarity(embedding,"
            + " (SELECT any_value(embedding) FROM current_inspections WHERE captured_at < '2025-01-02')) AS similarity"
            + " FROM current_inspections";

    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("verdicts", "SELECT verdict, defect, severity, count(*) FROM current_inspections GROUP BY ALL");
        QUERIES.put("all months by site", "SELECT date_trunc('month', captured_at), site, count(*), count_if(defective)"
                + " FROM current_inspections GROUP BY ALL");
        QUERIES.put(
                "defects by day, 30 days",
                "SELECT date(captured_at), site, product, defect, count(*) FROM current_inspections"
                        + " WHERE captured_at >= '2025-06-01' AND captured_at < '2025-07-01' GROUP BY ALL");
        QUERIES.put(
                "a defect at a site, a week",
                "SELECT date(captured_at), line, count(*) FROM current_inspections WHERE captured_at >= '2025-06-01'"
                        + " AND captured_at < '2025-06-08' AND site = 'site 2' AND defect = 'defect 3' GROUP BY ALL");
        QUERIES.put(
                "with their evidence, a day",
                "SELECT uri, summary, top, maps FROM current_inspections WHERE captured_at >= '2025-06-03'"
                        + " AND captured_at < '2025-06-04' AND site = 'site 1' AND product = 'product 2' AND defective"
                        + " ORDER BY margin DESC LIMIT 50");
        QUERIES.put(
                "for review, newest first",
                "SELECT uri, defect, margin FROM current_inspections WHERE verdict = 'review'"
                        + " AND captured_at >= '2025-12-24' ORDER BY captured_at DESC LIMIT 100");
        QUERIES.put("worst lots", "SELECT * FROM worst_lots LIMIT 20");
        QUERIES.put("failures", "SELECT job, code, count(*) FROM failures GROUP BY ALL");
        QUERIES.put(
                "most alike, a month",
                ALIKE + " WHERE captured_at >= '2025-06-01' AND captured_at < '2025-07-01'"
                        + " ORDER BY similarity DESC LIMIT 20");
        QUERIES.put(
                "most alike of all",
                ALIKE + " ORDER BY similarity DESC LIMIT 20");
        QUERIES.put("rising now", "SELECT day, site, line, defect, baseline, rate, z FROM current_trends"
                + " WHERE signal = 'rising' ORDER BY day DESC, z DESC LIMIT 20");
    }

    private WarehouseQueries() {}

    public static void main(String[] arguments) {
        try (SparkSessions.Opened opened = SparkSessions.open(Configuration.defaults(), Optional.empty())) {
            opened.spark().sparkContext().setLogLevel("ERROR");
            Warehouse warehouse = Warehouse.at(opened.spark(), arguments[1]);
            if (arguments[0].equals("make")) {
                make(warehouse, Long.parseLong(arguments[2]));
            } else {
                ask(warehouse);
            }
        }
    }

    private static void make(Warehouse warehouse, long rows) {
        warehouse.create(
                FilesTable.DEFINITION,
                ImagesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                TilesTable.DEFINITION,
                TruthsTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION,
                BundlesTable.DEFINITION,
                ReleasesTable.DEFINITION);
        append(warehouse, KnowledgeBasesTable.DEFINITION, new Ids(0, 1, 1), rows, Map.of(
                "kb_id", "'base'", "name", "'synthetic'", "first_used_at", "timestamp '2025-01-01'", "content", "'{}'"));
        append(warehouse, KnowledgeBasesTable.DEFINITION, new Ids(0, 1, 1), rows, Map.of(
                "kb_id", "'other'", "name", "'samples-short'", "first_used_at", "timestamp '2025-01-01'", "content", "'{}'"));
        append(warehouse, BundlesTable.DEFINITION, new Ids(0, 1, 1), rows, Map.of(
                "bundle_id", "'encoder'", "kind", "'encoder'", "name", "'synthetic'", "first_used_at", "timestamp '2025-01-01'"));
        append(warehouse, ReleasesTable.DEFINITION, new Ids(0, 1, 1), rows, Map.of(
                "encoder_id", "'encoder'", "captioner_id", "'none'", "kb_id", "'base'", "promoted_at", "timestamp '2025-01-01'",
                "author", "'nobody'"));
        for (long first = 0; first < rows; first += CHUNK) {
            Ids all = new Ids(first, Math.min(rows, first + CHUNK), 1);
            Ids some = new Ids(all.first(), all.end(), 100);
            append(warehouse, FilesTable.DEFINITION, all, rows, Map.of(
                    "length", "100000", "status", "if(id % 1000 = 7, 'rejected', 'ok')",
                    "reject_code", "if(id % 1000 = 7, 'truncated', null)", "reject_reason", "if(id % 1000 = 7, 'it ends early', null)",
                    "modified_at", "captured_at", "ingested_at", "captured_at + interval 1 day"));
            append(warehouse, ImagesTable.DEFINITION, all, rows, Map.of(
                    "width", "800", "height", "600", "format", "'jpeg'", "orientation", "1", "byte_length", "100000"));
            append(warehouse, InspectionsTable.DEFINITION, all, rows, inspection());
            append(warehouse, InspectionsTable.DEFINITION, all, rows, relabelled());
            append(warehouse, TilesTable.DEFINITION, some, rows, Map.of(
                    "encoder_id", "'encoder'", "kb_id", "'base'", "method", "'relevance'", "rank", "1", "png", "unhex('" + DOT + "')"));
            append(warehouse, TruthsTable.DEFINITION, some, rows, Map.of(
                    "kind", "'label'", "source", "'laboratory'", "stated_at", "captured_at", "statement_id", "'statement'",
                    "value", "concat('defect ', abs(hash(id, 3)) % 8)"));
        }
    }

    /** Numbers of images: every so many. */
    private record Ids(long first, long end, long step) {}

    private static Map<String, String> inspection() {
        String defective = "status = 'ok' AND abs(hash(id, 1)) % 10 = 0";
        Map<String, String> values = new LinkedHashMap<>();
        values.put("encoder_id", "'encoder'");
        values.put("captioner_id", "'none'");
        values.put("kb_id", "'base'");
        values.put("status", "if(abs(hash(id, 2)) % 1000 = 0, 'failed', 'ok')");
        values.put("error", "if(status = 'failed', 'truncated: the file ends early', null)");
        values.put("inspected_at", "captured_at + interval 1 day");
        values.put("defective", "if(status = 'ok', " + defective + ", null)");
        values.put("defect", "if(" + defective + ", concat('defect ', abs(hash(id, 3)) % 8), null)");
        values.put("severity", "if(" + defective + ", element_at(array('minor', 'moderate', 'severe'), abs(hash(id, 4)) % 3 + 1), null)");
        values.put("margin", "hash(id, 5) / 1e9D");
        values.put("verdict", "if(status = 'ok', element_at(array('pass', 'reject', 'review'), if(" + defective
                + ", 2, if(abs(hash(id, 6)) % 50 = 0, 3, 1))), null)");
        values.put("summary", "concat('A photograph of product ', id % 4, ' with number ', id)");
        values.put("caption", "concat('a photograph of product ', id % 4)");
        values.put("top", "array_compact(transform(sequence(1, 5), i -> named_struct('description', concat('description ', (id + i) % 100),"
                + " 'defect', true, 'probability', 0.5D / i, 'similarity', hash(id, i) / 4e9D, 'severity', 'minor')))");
        values.put("maps", "array_compact(transform(sequence(1, 5), i -> named_struct('description', concat('description ', (id + i) % 100),"
                + " 'method', 'relevance', 'grid', array_compact(transform(sequence(1, 49), j -> cast(abs(hash(id, i, j)) / 2147483648D AS float))))))");
        values.put("clip_score", "0.7");
        values.put("map_rows", "7");
        values.put("map_cols", "7");
        values.put("embedding", "array_compact(transform(sequence(1, 512), i -> cast(hash(id, i) / 2147483648D AS float)))");
        return values;
    }

    /** What relabel makes of an inspection with another knowledge base: a tenth of the defects are others, no arrays of numbers. */
    private static Map<String, String> relabelled() {
        Map<String, String> values = new LinkedHashMap<>(inspection());
        values.put("kb_id", "'other'");
        values.computeIfPresent("defect", (column, value) -> value.replace("hash(id, 3)", "hash(id, if(id % 10 = 0, 20, 3))"));
        List.of("maps", "map_rows", "map_cols", "embedding").forEach(values::remove);
        return values;
    }

    private static void append(
            Warehouse warehouse, TableDefinition table, Ids ids, long all, Map<String, String> values) {
        Map<String, String> common = Map.of(
                "image_id", "sha2(cast(id AS string), 256)",
                "uri", "concat('file:/photographs/', id, '.jpg')",
                "product", "concat('product ', abs(hash(id, 10)) % 4)",
                "site", "concat('site ', abs(hash(id, 11)) % 5)",
                "line", "concat('line ', abs(hash(id, 12)) % 4)",
                "lot", "concat('lot ', day, '-', abs(hash(id, 11)) % 5)",
                "captured_at", "timestamp_seconds(1735689600 + day * 86400 + abs(hash(id, 13)) % 86400)",
                "part", Long.toString(ImagesTable.PARTS_PER_INGEST * (1 + ids.first() / CHUNK)),
                "run_id", "'run'");
        Dataset<Row> rows = warehouse.spark().range(ids.first(), ids.end(), ids.step(), 2)
                .withColumn("day", expr("greatest(0, cast(id * 365 / " + all + " AS int)"
                        + " - if(abs(hash(id, 14)) % 20 = 0, abs(hash(id, 15)) % 30, 0))"));
        for (Map.Entry<String, String> column : common.entrySet()) {
            rows = rows.withColumn(column.getKey(), expr(column.getValue()));
        }
        for (StructField field : table.schema().fields()) {
            String value = values.getOrDefault(field.name(), common.containsKey(field.name()) ? field.name() : "null");
            rows = rows.withColumn(field.name(), expr(value).cast(field.dataType()));
        }
        warehouse.append(table, rows, "run");
    }

    private static void ask(Warehouse warehouse) {
        Views.register(warehouse);
        SqlFunctions.register(warehouse.spark());
        int all = warehouse.read(InspectionsTable.DEFINITION).inputFiles().length;
        System.out.printf("%-28s %8s %8s %12s %8s%n", "query", "first s", "then s", "files", "MB");
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            double first = seconds(warehouse.spark(), query.getValue()).seconds();
            Answer then = seconds(warehouse.spark(), query.getValue());
            System.out.printf("%-28s %8.2f %8.2f %6d of %d %8.0f%n", query.getKey(), first, then.seconds(), then.files(), all, then.bytes() / 1e6);
        }
    }

    /** How long a query took, and the files that its scans were left with after those that statistics rule out. */
    private record Answer(double seconds, long files, long bytes) {}

    private static Answer seconds(SparkSession spark, String query) {
        long begin = System.nanoTime();
        Dataset<Row> answer = spark.sql(query);
        answer.collectAsList();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long files = 0;
        long bytes = 0;
        var plan = ((org.apache.spark.sql.classic.Dataset<Row>) answer).queryExecution().executedPlan();
        for (SparkPlan node : nodes(plan)) {
            if (node instanceof FileSourceScanExec scan && scan.relation().schema().getFieldIndex("embedding").isDefined()) {
                files += scan.metrics().apply("numFiles").value();
                bytes += scan.metrics().apply("filesSize").value();
            }
        }
        return new Answer(seconds, files, bytes);
    }

    private static List<SparkPlan> nodes(SparkPlan plan) {
        List<SparkPlan> nodes = new ArrayList<>(List.of(plan));
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            nodes.addAll(nodes(adaptive.executedPlan()));
        } else if (plan instanceof QueryStageExec stage) {
            nodes.addAll(nodes(stage.plan()));
        }
        CollectionConverters.asJava(plan.children()).forEach(child -> nodes.addAll(nodes(child)));
        return nodes;
    }
}

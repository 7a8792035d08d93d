package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Rows that no photograph stands behind, for tests of what happens to tables. */
final class SyntheticRows {
    private static final Map<String, String> IMAGE = Map.of(
            "image_id", "sha2(cast(id AS string), 256)",
            "uri", "concat('file:/photographs/', id, '.jpg')",
            "product", "element_at(array('apple', 'pear'), cast(id % 2 AS int) + 1)",
            "site", "element_at(array('Lyon', 'Porto', 'Turku'), cast(id % 3 AS int) + 1)",
            "captured_at", "timestamp_seconds(1740787200 + (id * 7919 % 90) * 86400)",
            "part", "1000000");

    private SyntheticRows() {}

    /** Images with the numbers from the first on. */
    static Dataset<Row> images(SparkSession spark, long first, long count) {
        return rows(
                spark,
                ImagesTable.DEFINITION,
                first,
                count,
                Map.of("width", "64", "height", "48", "format", "'jpeg'", "orientation", "1", "byte_length", "1000"));
    }

    /** Sound and defective inspections of these images. */
    static Dataset<Row> inspections(SparkSession spark, long first, long count) {
        return rows(
                spark,
                InspectionsTable.DEFINITION,
                first,
                count,
                Map.of(
                        "encoder_id", "'encoder'",
                        "captioner_id", "'none'",
                        "kb_id", "'base'",
                        "run_id", "'run'",
                        "status", "'ok'",
                        "inspected_at", "timestamp '2025-06-01'",
                        "defective", "id % 5 = 0",
                        "defect", "if(id % 5 = 0, 'mould', null)",
                        "verdict", "if(id % 5 = 0, 'reject', 'accept')",
                        "embedding",
                                "transform(sequence(1, 64), i -> coalesce(cast(hash(id, i) / 2147483648 AS float), 0F))"));
    }

    private static Dataset<Row> rows(
            SparkSession spark, TableDefinition table, long first, long count, Map<String, String> values) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            String value = values.getOrDefault(field.name(), IMAGE.get(field.name()));
            Column column = value == null ? lit(null) : expr(value);
            columns.add(column.cast(field.dataType()).as(field.name()));
        }
        return spark.range(first, first + count, 1, 1).select(columns.toArray(new Column[0]));
    }

    /** The ids of rows, in order. */
    static List<String> ids(Dataset<Row> rows) {
        return Arrays.stream(
                        (Row[]) rows.select(col("image_id")).orderBy("image_id").collect())
                .map(row -> row.getString(0))
                .toList();
    }
}

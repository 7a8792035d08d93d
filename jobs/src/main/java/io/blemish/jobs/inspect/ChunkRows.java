package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.InspectionsTable;
import io.blemish.udfs.VerdictRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Rows of {@code inspections}, not yet computed: a scan, one pass over it, and two projections.
 *
 * @param pass what learns of the images that are scanned, such as an {@link io.blemish.udfs.Inspector}
 * @param base whose verdict rules apply
 * @param identities the columns that are equal in all rows, such as {@code run_id}, by name
 */
public record ChunkRows(UnaryOperator<Dataset<Row>> pass, KnowledgeBase base, Map<String, String> identities) {
    /** Keeps a copy of the identities. */
    public ChunkRows {
        identities = Map.copyOf(identities);
    }

    /** The inspections of what is scanned. */
    public Dataset<Row> of(Dataset<Row> scan) {
        Dataset<Row> learned = pass.apply(scan);
        Map<String, Column> given = new HashMap<>();
        given.put("inspected_at", current_timestamp());
        identities.forEach((column, identity) -> given.put(column, lit(identity)));
        Dataset<Row> rows = learned.select(columns(Set.of(learned.columns()), given));
        return rows.withColumn("verdict", VerdictRules.column(base, rows.schema()));
    }

    private static Column[] columns(Set<String> learned, Map<String, Column> given) {
        StructField[] fields = InspectionsTable.DEFINITION.schema().fields();
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String name = fields[i].name();
            Column nothing = lit(null).cast(fields[i].dataType());
            columns[i] = (learned.contains(name) ? col(name) : given.getOrDefault(name, nothing)).as(name);
        }
        return columns;
    }
}

package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.InspectionsTable;
import io.blemish.udfs.Inspector;
import io.blemish.udfs.VerdictRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Rows of {@code inspections}, not yet computed: a scan, one pass of the {@link Inspector}, and two projections.
 *
 * @param inspector what looks at the images
 * @param base whose verdict rules apply
 * @param identities the columns that are equal in all rows, such as {@code run_id}, by name
 */
public record ChunkRows(Inspector inspector, KnowledgeBase base, Map<String, String> identities) {
    /** Keeps a copy of the identities. */
    public ChunkRows {
        identities = Map.copyOf(identities);
    }

    /** The inspections of the images. */
    public Dataset<Row> of(Dataset<Row> images) {
        Dataset<Row> learned = inspector.inspections(images);
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

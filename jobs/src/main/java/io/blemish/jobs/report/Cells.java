package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.blemish.tables.InspectionsTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Inspections, counted along everything that a report counts by: the one pass over them; all further counting is of
 * these counts.
 */
final class Cells implements AutoCloseable {
    /** Stands for a product or a site that nobody has stated. */
    static final String UNSTATED = "not stated";

    private final Dataset<Row> rows;

    private Cells(Dataset<Row> rows) {
        this.rows = rows;
    }

    static Cells of(Dataset<Row> inspections) {
        Column day = to_date(col("captured_at"));
        Dataset<Row> rows = inspections
                .select(
                        coalesce(col("product"), lit(UNSTATED)).as("product"),
                        coalesce(col("site"), lit(UNSTATED)).as("site"),
                        day.as("day"),
                        col("status"),
                        substring_index(col("error"), ":", 1).as("error_code"),
                        col("defective"),
                        col("defect"),
                        col("severity"),
                        col("verdict"))
                .groupBy("product", "site", "day", "status", "error_code", "defective", "defect", "severity", "verdict")
                .agg(count(lit(1)).as("images"));
        return new Cells(rows.persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /** Everything: status {@code ok} or {@code failed}. */
    Dataset<Row> all() {
        return rows;
    }

    /** What was inspected without a failure. */
    Dataset<Row> inspected() {
        return rows.where(col("status").equalTo(InspectionsTable.OK));
    }

    /** What was inspected and is defective. */
    Dataset<Row> defective() {
        return inspected().where(col("defective"));
    }

    /** The images of some cells by one of the columns, the most frequent first; nulls are left out. */
    static List<Count> by(String column, Dataset<Row> cells) {
        List<Count> counts = new ArrayList<>();
        for (Row row : cells.where(col(column).isNotNull())
                .groupBy(column)
                .agg(sum("images").as("images"))
                .orderBy(col("images").desc(), col(column))
                .collectAsList()) {
            counts.add(new Count(row.getString(0), row.getLong(1)));
        }
        return counts;
    }

    /** The sum of the images for which the condition holds. */
    static Column images(Column condition) {
        return coalesce(sum(functions.when(condition, col("images"))), lit(0L));
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}

package io.blemish.jobs.trends;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.blemish.jobs.release.Release;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.Warehouse;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of one release and some days that {@code defect_trends} holds, and their replacement.
 *
 * @param warehouse where they are
 * @param release whose rows
 * @param days which days
 */
public record Stored(Warehouse warehouse, Release release, DayRange days) {
    /** The first day of which other rows are stored than these, or some are not, or too many. */
    public Optional<LocalDate> firstDifference(Dataset<Row> rows) {
        if (!warehouse.exists(DefectTrendsTable.DEFINITION)) {
            return Optional.ofNullable(first(rows));
        }
        Dataset<Row> fresh = rows.select(DefectTrendsTable.DEFINITION.columns()).drop("run_id");
        Dataset<Row> stored = warehouse
                .read(DefectTrendsTable.DEFINITION)
                .where(release.holdsPair().and(days.holds()))
                .drop("run_id");
        return Optional.ofNullable(first(fresh.except(stored).union(stored.except(fresh))));
    }

    private static LocalDate first(Dataset<Row> rows) {
        return rows.agg(min("day")).first().getAs(0);
    }

    /** Puts the rows of the day and of later ones in the place of those that are stored, in one commit. */
    public void replace(LocalDate from, Dataset<Row> rows, String runId) {
        String place = "encoder_id = " + literal(release.encoderId()) + " AND kb_id = " + literal(release.kbId())
                + " AND day >= DATE'" + from + "'"
                + days.last().map(last -> " AND day <= DATE'" + last + "'").orElse("");
        warehouse.replace(
                DefectTrendsTable.DEFINITION,
                rows.where(col("day").geq(lit(from))).coalesce(1),
                place,
                runId);
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

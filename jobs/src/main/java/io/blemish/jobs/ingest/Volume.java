package io.blemish.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much there is to do.
 *
 * @param rows files or images
 * @param bytes their bytes
 */
public record Volume(long rows, long bytes) {
    /** The volume of the rows, whose bytes the column tells. */
    public static Volume of(Dataset<Row> rows, Column bytes) {
        Row totals = rows.agg(count(lit(1)), coalesce(sum(bytes), lit(0L))).head();
        return new Volume(totals.getLong(0), totals.getLong(1));
    }

    /**
     * Into how many tasks it is split: enough for the sizes given, and, while no task gets fewer than
     * {@code fewestRows}, for every slot to have several.
     *
     * @param wanted tasks that would keep every slot busy
     */
    public int tasks(long rowsPerTask, long bytesPerTask, long fewestRows, int wanted) {
        long needed = Math.max(divided(rows, rowsPerTask), divided(bytes, bytesPerTask));
        long useful = Math.min(wanted, Math.max(1, rows / fewestRows));
        return (int) Math.min(Math.max(needed, useful), MOST);
    }

    /** Fewer than the parts of an ingest. */
    private static final long MOST = 999_999;

    private static long divided(long amount, long each) {
        return (amount + each - 1) / each;
    }
}

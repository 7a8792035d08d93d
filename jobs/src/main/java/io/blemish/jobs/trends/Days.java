package io.blemish.jobs.trends;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.blemish.knowledge.Labeller;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts inspections by grain, day and defect. Photographs without a time are in no day; nothing wide is read.
 *
 * <p>Columns: grain, product, site, line, lot, day, defect (null for images without one, and for abstentions), inspected,
 * abstained, defective.
 */
final class Days {
    private static final String[] MEASURES = {"inspected", "abstained", "defective"};

    private Days() {}

    /** The counts of inspections, all of them {@code ok}. */
    static Dataset<Row> count(Dataset<Row> inspections, List<Grain> grains, ZoneId zone) {
        Column abstained = coalesce(col("verdict").equalTo(Labeller.REVIEW), lit(false));
        Column defective = coalesce(col("defective"), lit(false)).and(abstained.unary_$bang());
        Dataset<Row> cells = inspections
                .where(col("captured_at").isNotNull())
                .select(
                        col("product"),
                        col("site"),
                        col("line"),
                        col("lot"),
                        to_date(from_utc_timestamp(col("captured_at"), zone.getId()))
                                .as("day"),
                        when(defective, col("defect")).as("defect"),
                        one(abstained.unary_$bang()).as(MEASURES[0]),
                        one(abstained).as(MEASURES[1]),
                        one(defective).as(MEASURES[2]));
        Column[] ofGrains = grains.stream().map(Grain::of).toArray(Column[]::new);
        return summed(summed(cells)
                .select(
                        explode(array(ofGrains)).as("of"),
                        col("day"),
                        col("defect"),
                        col(MEASURES[0]),
                        col(MEASURES[1]),
                        col(MEASURES[2]))
                .select("of.*", "day", "defect", MEASURES[0], MEASURES[1], MEASURES[2]));
    }

    private static Column one(Column condition) {
        return when(condition, 1L).otherwise(0L);
    }

    private static Dataset<Row> summed(Dataset<Row> cells) {
        Column[] keys = Arrays.stream(cells.columns())
                .filter(column -> !List.of(MEASURES).contains(column))
                .map(column -> col(column))
                .toArray(Column[]::new);
        return cells.groupBy(keys)
                .agg(
                        sum(MEASURES[0]).as(MEASURES[0]),
                        sum(MEASURES[1]).as(MEASURES[1]),
                        sum(MEASURES[2]).as(MEASURES[2]));
    }
}

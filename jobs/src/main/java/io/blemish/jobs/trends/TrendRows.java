package io.blemish.jobs.trends;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import io.blemish.jobs.TrendsOptions;
import io.blemish.jobs.release.Promotion;
import io.blemish.jobs.release.Release;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** From inspections to rows of {@code defect_trends}: counts, series, days. */
public final class TrendRows {
    private TrendRows() {}

    /**
     * The rows of the days that the options ask for, without {@code run_id}.
     *
     * @param inspections of the release, all of them {@code ok}, of these days and those that decide what is said of them
     * @param promotions of the warehouse, the newest first
     */
    public static Dataset<Row> of(
            Dataset<Row> inspections, TrendsOptions options, Release release, List<Promotion> promotions) {
        SeriesRows series = new SeriesRows(options.settings(), Changes.of(promotions, release, options.zone()));
        return Days.count(inspections, options.grains(), options.zone())
                .withColumn("place", to_json(array(place())))
                .groupByKey((MapFunction<Row, String>) row -> row.getAs("place"), Encoders.STRING())
                .flatMapGroups(series, Encoders.row(SeriesRows.SCHEMA))
                .where(options.days().holds())
                // By its place: Spark may hand over a row as the series made it, which knows no names.
                .groupByKey(
                        (MapFunction<Row, Long>)
                                row -> row.<LocalDate>getAs(SeriesRows.DAY).toEpochDay(),
                        Encoders.LONG())
                .flatMapGroups(new DayFamily(options.settings().falseDiscoveryRate()), Encoders.row(DayFamily.SCHEMA))
                .withColumn("encoder_id", lit(release.encoderId()))
                .withColumn("kb_id", lit(release.kbId()));
    }

    /** Grain, product, site, line and lot; an array keeps those that are null. */
    private static Column[] place() {
        Column[] place = new Column[Grain.COLUMNS.size() + 1];
        place[0] = col("grain");
        for (int i = 1; i < place.length; i++) {
            place[i] = col(Grain.COLUMNS.get(i - 1));
        }
        return place;
    }
}

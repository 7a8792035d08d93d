package io.blemish.jobs.report;

import io.blemish.jobs.report.TrendPoint.Range;
import io.blemish.jobs.report.TrendScope.Part;
import io.blemish.metrics.Estimate;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads rows of {@code defect_trends}. */
final class TrendRows {
    /** What series of one encoder and one knowledge base differ in. */
    static final List<String> KEY = List.of("grain", "product", "site", "line", "lot", "defect");

    private TrendRows() {}

    static Standing standing(Row row) {
        return new Standing(scope(row), row.getAs("defect"), point(row));
    }

    private static TrendScope scope(Row row) {
        String grain = row.getAs("grain");
        List<Part> parts = new ArrayList<>();
        if (!grain.equals(DefectTrendsTable.ALL)) {
            for (String column : grain.split(",")) {
                parts.add(new Part(column, Optional.ofNullable(row.getAs(column))));
            }
        }
        return new TrendScope(parts);
    }

    private static TrendPoint point(Row row) {
        return new TrendPoint(
                row.getAs("day"),
                Signal.ofText(row.getAs("signal")),
                row.getAs("inspected"),
                row.getAs("count"),
                new Range(number(row, "rate_low"), number(row, "rate_high")),
                number(row, "baseline"),
                Estimate.share(row.<Long>getAs("recent_count"), row.<Long>getAs("recent_inspected")),
                new Range(number(row, "control_low"), number(row, "control_high")),
                number(row, "ewma"),
                number(row, "z"),
                number(row, "q_value"),
                Optional.ofNullable(row.getAs("change")));
    }

    private static double number(Row row, String column) {
        Double value = row.getAs(column);
        return value == null ? Double.NaN : value;
    }
}

package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.blemish.jobs.report.Breakdown.Line;
import io.blemish.jobs.report.Breakdown.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts defects by one column: the most frequent of both, the rest together. */
final class BreakdownQuery {
    /** Stands for the places that are not listed. */
    static final String OTHER_PLACES = "all others";

    /** Stands for the defects that are not listed. */
    static final String OTHER_DEFECTS = "other defects";

    private static final int MOST_PLACES = 8;
    private static final int MOST_DEFECTS = 16;

    private BreakdownQuery() {}

    static Breakdown by(String column, Cells cells) {
        List<String> largest = top(column, cells.inspected(), MOST_PLACES);
        List<String> frequent = top("defect", cells.defective(), MOST_DEFECTS);
        List<Place> places = places(column, cells, largest);
        Map<String, Integer> position = new HashMap<>();
        places.forEach(place -> position.put(place.name(), position.size()));

        Map<String, Long[]> counts = new LinkedHashMap<>();
        for (Row row : cells.defective()
                .groupBy(
                        listed("defect", frequent, OTHER_DEFECTS).as("defect"),
                        listed(column, largest, OTHER_PLACES).as("place"))
                .agg(sum("images"))
                .collectAsList()) {
            Long[] line = counts.computeIfAbsent(row.getString(0), defect -> zeros(places.size()));
            line[position.get(row.getString(1))] = row.getLong(2);
        }
        List<Line> lines = new ArrayList<>();
        counts.forEach((defect, line) -> lines.add(new Line(defect, List.of(line))));
        lines.sort(Comparator.comparing((Line line) -> line.defect().equals(OTHER_DEFECTS))
                .thenComparing(Comparator.comparingLong(Line::total).reversed())
                .thenComparing(Line::defect));
        return new Breakdown(column, places, lines);
    }

    private static List<Place> places(String column, Cells cells, List<String> largest) {
        List<Place> places = new ArrayList<>();
        for (Row row : cells.inspected()
                .groupBy(listed(column, largest, OTHER_PLACES).as("place"))
                .agg(sum("images"), Cells.images(col("defective")))
                .collectAsList()) {
            places.add(new Place(row.getString(0), row.getLong(1), row.getLong(2)));
        }
        places.sort(Comparator.comparing((Place place) -> place.name().equals(OTHER_PLACES))
                .thenComparing(Comparator.comparingLong(Place::inspected).reversed())
                .thenComparing(Place::name));
        return places;
    }

    private static List<String> top(String column, Dataset<Row> cells, int most) {
        return Cells.by(column, cells).stream().limit(most).map(Count::name).toList();
    }

    /** The column's value where it is listed, and what stands for the rest where it is not. */
    private static Column listed(String column, List<String> names, String rest) {
        return when(col(column).isin(names.toArray()), col(column)).otherwise(lit(rest));
    }

    private static Long[] zeros(int size) {
        Long[] zeros = new Long[size];
        Arrays.fill(zeros, 0L);
        return zeros;
    }
}

package io.blemish.jobs.trends;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.blemish.tables.DefectTrendsTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * What tells series apart.
 *
 * @param columns some of {@link #COLUMNS}, in their order; none for all images together
 */
public record Grain(List<String> columns) {
    /** What images may be told apart by. */
    public static final List<String> COLUMNS = List.of("product", "site", "line", "lot");

    public Grain {
        columns = List.copyOf(columns);
    }

    /**
     * Every grain that some columns allow for: all of their subsets, the coarsest first. A line is a place within a site, so
     * where both are asked for no grain has the line without its site.
     */
    public static List<Grain> of(List<String> columns) {
        List<Grain> grains = new ArrayList<>();
        for (int subset = 0; subset < 1 << COLUMNS.size(); subset++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                if ((subset & 1 << i) != 0) {
                    chosen.add(COLUMNS.get(i));
                }
            }
            boolean homeless = chosen.contains("line") && columns.contains("site") && !chosen.contains("site");
            if (columns.containsAll(chosen) && !homeless) {
                grains.add(new Grain(chosen));
            }
        }
        return List.copyOf(grains);
    }

    /** The grain's name in {@code defect_trends}. */
    public String text() {
        return columns.isEmpty() ? DefectTrendsTable.ALL : String.join(",", columns);
    }

    /** Name and columns as a struct, a column outside of the grain being {@code *}. */
    Column of() {
        List<Column> fields = new ArrayList<>(List.of(lit(text()).as("grain")));
        for (String column : COLUMNS) {
            fields.add((columns.contains(column) ? col(column) : lit(DefectTrendsTable.ANY)).as(column));
        }
        return struct(fields.toArray(Column[]::new));
    }
}

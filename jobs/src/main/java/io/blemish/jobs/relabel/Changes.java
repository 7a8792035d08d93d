package io.blemish.jobs.relabel;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.blemish.tables.InspectionsTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What two knowledge bases say differently of the same images.
 *
 * @param compared images that both have seen
 * @param moved those of them whose label, severity or verdict differs
 * @param changes how, the most frequent first
 */
public record Changes(long compared, long moved, List<Change> changes) {
    private static final String IMAGE = "image";
    private static final String MOVED = "moved";

    /** Columns that are compared, as {@link Change#what} calls them. */
    private static final List<String> COMPARED = List.of("label", "severity", "verdict");

    public Changes {
        changes = List.copyOf(changes);
    }

    /**
     * Something that changed in so many images.
     *
     * @param what {@code label}, {@code severity} or {@code verdict}
     * @param from before: a defect, {@code sound}, {@code failed} or, of severities and verdicts, {@code none}
     * @param to now
     */
    public record Change(String what, String from, String to, long images) {}

    /**
     * Compares inspections of one knowledge base with those of another, by one join on {@code image_id}.
     *
     * @param before rows of {@code inspections}; of several of an image the newest counts
     * @param now likewise
     */
    public static Changes between(Dataset<Row> before, Dataset<Row> now) {
        Dataset<Row> joined = told(before, "from").join(told(now, "to"), "image_id");
        Column[] facts = new Column[COMPARED.size() + 1];
        Column same = lit(true);
        for (int i = 0; i < COMPARED.size(); i++) {
            String what = COMPARED.get(i);
            Column from = col("from." + what);
            Column to = col("to." + what);
            facts[i] = fact(what, from, to);
            same = same.and(from.equalTo(to));
        }
        facts[COMPARED.size()] = fact(IMAGE, lit(""), when(same, lit("")).otherwise(MOVED));
        List<Row> counts = joined.select(inline(array(facts)))
                .where(col("from").notEqual(col("to")).or(col("what").equalTo(IMAGE)))
                .groupBy("what", "from", "to")
                .count()
                .collectAsList();
        return of(counts);
    }

    private static Column fact(String what, Column from, Column to) {
        return struct(lit(what).as("what"), from.as("from"), to.as("to"));
    }

    /** One row an image: {@code image_id}, and what is compared as a struct of that name. */
    private static Dataset<Row> told(Dataset<Row> inspections, String name) {
        Column label = when(col("status").equalTo(InspectionsTable.FAILED), lit("failed"))
                .otherwise(coalesce(col("defect"), lit("sound")));
        Column told = struct(
                label.as("label"),
                coalesce(col("severity"), lit("none")).as("severity"),
                coalesce(col("verdict"), lit("none")).as("verdict"));
        Dataset<Row> rows =
                inspections.select(col("image_id"), col("captioner_id"), col("inspected_at"), told.as(name));
        long captioners = rows.agg(count_distinct(col("captioner_id"))).first().getLong(0);
        return captioners > 1
                ? rows.groupBy("image_id")
                        .agg(max_by(col(name), col("inspected_at")).as(name))
                : rows.select("image_id", name);
    }

    private static Changes of(List<Row> counts) {
        long compared = 0;
        long moved = 0;
        List<Change> changes = new ArrayList<>();
        for (Row row : counts) {
            Change change = new Change(row.getString(0), row.getString(1), row.getString(2), row.getLong(3));
            if (!change.what.equals(IMAGE)) {
                changes.add(change);
                continue;
            }
            compared += change.images;
            moved += change.to.equals(MOVED) ? change.images : 0;
        }
        changes.sort(Comparator.comparingInt((Change change) -> COMPARED.indexOf(change.what))
                .thenComparing(change -> -change.images)
                .thenComparing(Change::from)
                .thenComparing(Change::to));
        return new Changes(compared, moved, changes);
    }
}

package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.blemish.jobs.report.GalleryQuery.Chosen;
import io.blemish.knowledge.Labeller;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.trends.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds photographs that show what a defect's series are about: the newest with the defect, of its rising series where
 * there are any. Nothing wide is read for it.
 */
final class EvidenceQuery {
    private final Dataset<Row> defective;
    private final int most;

    /**
     * Photographs among the subject's inspections.
     *
     * @param inspected without a failure
     * @param most for each defect
     */
    EvidenceQuery(Dataset<Row> inspected, int most) {
        this.defective = inspected
                .where(col("defective").and(col("verdict").notEqual(Labeller.REVIEW)))
                .select("image_id", "part", "product", "site", "line", "lot", "captured_at", "defect", "margin");
        this.most = most;
    }

    /** The defects with their photographs. */
    List<DefectTrends> with(List<DefectTrends> defects, Gallery gallery) {
        Map<String, List<Chosen>> chosen = choose(defects);
        Set<Chosen> all = new LinkedHashSet<>();
        chosen.values().forEach(all::addAll);
        Map<String, Exhibit> exhibits = gallery.exhibits(List.copyOf(all)).stream()
                .collect(Collectors.toMap(Exhibit::imageId, exhibit -> exhibit));
        return defects.stream()
                .map(defect -> defect.with(chosen.getOrDefault(defect.defect(), List.of()).stream()
                        .map(image -> exhibits.get(image.imageId()))
                        .toList()))
                .toList();
    }

    private Map<String, List<Chosen>> choose(List<DefectTrends> defects) {
        Map<String, List<Chosen>> chosen = new HashMap<>();
        Column ofOne = lit(false);
        Optional<DefectTrends> any = Optional.empty();
        for (DefectTrends defect : defects) {
            if (defect.defect().equals(DefectTrendsTable.ANY)) {
                any = Optional.of(defect);
            } else {
                ofOne = ofOne.or(col("defect").equalTo(defect.defect()).and(rising(defect)));
            }
        }
        newest(defective.where(ofOne), col("defect"), chosen);
        any.ifPresent(defect -> newest(defective.where(rising(defect)), lit(DefectTrendsTable.ANY), chosen));
        return chosen;
    }

    private void newest(Dataset<Row> candidates, Column defect, Map<String, List<Chosen>> chosen) {
        Column place = row_number()
                .over(Window.partitionBy("of")
                        .orderBy(
                                col("captured_at").desc_nulls_last(),
                                col("margin").desc(),
                                col("image_id")));
        for (Row row : candidates
                .withColumn("of", defect)
                .withColumn("place", place)
                .where(col("place").leq(most))
                .orderBy("of", "place")
                .select("of", "image_id", "part")
                .collectAsList()) {
            chosen.computeIfAbsent(row.getString(0), key -> new ArrayList<>())
                    .add(new Chosen(row.getString(1), row.getLong(2)));
        }
    }

    /** Of one of the rising series that the defect's page draws; of any photograph where none rises. */
    private static Column rising(DefectTrends defect) {
        List<TrendScope> scopes = defect.charts().stream()
                .map(TrendSeries::standing)
                .filter(standing -> standing.last().signal() == Signal.RISING)
                .map(Standing::scope)
                .toList();
        return scopes.stream().map(EvidenceQuery::within).reduce(Column::or).orElse(lit(true));
    }

    private static Column within(TrendScope scope) {
        return scope.parts().stream()
                .map(part -> col(part.column()).eqNullSafe(lit(part.value().orElse(null))))
                .reduce(lit(true), Column::and);
    }
}

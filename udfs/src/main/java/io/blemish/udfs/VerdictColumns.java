package io.blemish.udfs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.blemish.knowledge.Description;
import io.blemish.knowledge.KnowledgeBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The names that a verdict condition may use, found as Spark finds columns: whatever their case. */
final class VerdictColumns {
    private static final String DEFECT_GROUP = "defect_group";

    private final Map<String, VerdictTerm> terms = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private VerdictColumns() {}

    /** All columns of the row but one, and the group of the defect. */
    static VerdictColumns of(StructType row, KnowledgeBase base, String excluded, String defect) {
        VerdictColumns columns = new VerdictColumns();
        columns.terms.put(DEFECT_GROUP, new VerdictTerm(group(base, col(defect)), VerdictTerm.Kind.TEXT));
        for (StructField field : row.fields()) {
            Column column = col("`" + field.name().replace("`", "``") + "`");
            columns.terms.put(field.name(), new VerdictTerm(column, VerdictTerm.Kind.of(field.dataType())));
        }
        columns.terms.remove(excluded);
        return columns;
    }

    private static Column group(KnowledgeBase base, Column defect) {
        Map<String, List<Object>> defectsByGroup = base.descriptions().stream()
                .filter(Description::isDefect)
                .collect(Collectors.groupingBy(
                        Description::group,
                        LinkedHashMap::new,
                        Collectors.mapping(Description::name, Collectors.toList())));
        Column group = lit(null).cast(DataTypes.StringType);
        for (Map.Entry<String, List<Object>> entry : defectsByGroup.entrySet()) {
            group = when(defect.isin(entry.getValue().toArray()), lit(entry.getKey()))
                    .otherwise(group);
        }
        return group;
    }

    Optional<VerdictTerm> find(String name) {
        return Optional.ofNullable(terms.get(name));
    }

    String names() {
        return String.join(", ", terms.keySet());
    }
}

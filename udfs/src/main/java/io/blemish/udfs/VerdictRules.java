package io.blemish.udfs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.blemish.error.InternalException;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.VerdictRule;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The verdict rules of a knowledge base as one Spark column.
 *
 * <p>A rule's condition is SQL, parsed by Spark's own parser and rebuilt from an allow-list of what it may contain;
 * see {@link VerdictCondition}. The column never throws, whatever the row: what cannot be computed is null, and null
 * is no match.
 *
 * <ol>
 *   <li>An inspection that failed ({@code defective} is null) has no verdict.
 *   <li>A verdict that is there already stays: {@code review}, where the label abstained.
 *   <li>Else the first rule whose condition is true.
 *   <li>Else {@code reject} when defective, {@code pass} when not. A last rule {@code when: true} replaces this
 *       default.
 * </ol>
 */
public final class VerdictRules {
    /** The default verdict of a sound product. */
    public static final String PASS = "pass";

    /** The default verdict of a defective product. */
    public static final String REJECT = "reject";

    private static final String VERDICT = "verdict";
    private static final String DEFECTIVE = "defective";
    private static final String DEFECT = "defect";

    private VerdictRules() {}

    /**
     * The verdict of each row, to be selected under the name {@code verdict}.
     *
     * <p>Conditions may use every column of the row but {@code verdict}, and also {@code defect_group}, the group of
     * the row's defect, which is looked up in the knowledge base where the row has no such column.
     *
     * @param base whose rules to apply
     * @param row schema of the rows; {@code verdict} and {@code defect} (strings) and {@code defective} (boolean)
     *     must be in it
     * @throws io.blemish.error.UserException for a rule that is no boolean expression within the allow-list, naming
     *     file and line
     */
    public static Column column(KnowledgeBase base, StructType row) {
        if (!Set.of(row.fieldNames()).containsAll(List.of(VERDICT, DEFECTIVE, DEFECT))) {
            throw new InternalException("Verdict rules need the columns verdict, defective and defect, not " + row);
        }
        VerdictColumns columns = VerdictColumns.of(row, base, VERDICT, DEFECT);
        Column verdict = when(col(DEFECTIVE).isNull(), lit(null).cast(DataTypes.StringType))
                .when(col(VERDICT).isNotNull(), col(VERDICT));
        for (VerdictRule rule : base.verdicts()) {
            verdict = verdict.when(VerdictCondition.of(rule, columns), lit(rule.verdict()));
        }
        return verdict.when(col(DEFECTIVE), lit(REJECT)).otherwise(lit(PASS));
    }
}

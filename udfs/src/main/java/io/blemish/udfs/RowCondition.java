package io.blemish.udfs;

import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.VerdictRule;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/** Conditions that a user puts on rows, in the language of verdict rules: see {@link VerdictRules}. */
public final class RowCondition {
    private static final String NO_COLUMN = "";

    private RowCondition() {}

    /**
     * The condition as a Spark column, which never throws, whatever the row.
     *
     * @param sql a boolean expression over the columns of the row and {@code defect_group}
     * @param option the option that it was given with, for messages
     * @param knowledgeBase canonical JSON of the knowledge base that the rows were made with
     * @param row schema of the rows; {@code defect} must be in it
     * @throws io.blemish.error.UserException for anything that verdict rules may not contain
     */
    public static Column of(String sql, String option, String knowledgeBase, StructType row) {
        KnowledgeBase base = KnowledgeBase.parse(knowledgeBase);
        VerdictColumns columns = VerdictColumns.of(row, base, NO_COLUMN, "defect");
        return VerdictCondition.of(new VerdictRule("", sql, option), columns);
    }
}

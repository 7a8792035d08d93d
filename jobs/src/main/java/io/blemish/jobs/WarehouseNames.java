package io.blemish.jobs;

import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.runtime.AbstractPartialFunction;

/**
 * Resolves names that nothing else in a session has as tables and views of the warehouse that its setting {@value #WAREHOUSE}
 * names. They are views of a session of their own, so that nothing in the user's is replaced.
 */
final class WarehouseNames extends Rule<LogicalPlan> {
    /** The setting of a Spark session that names the warehouse. */
    static final String WAREHOUSE = "spark.blemish.warehouse";

    private final SparkSession session;

    WarehouseNames(SparkSession session) {
        this.session = session;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperators(new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node instanceof UnresolvedRelation relation
                        && relation.multipartIdentifier().size() == 1
                        && !relation.isStreaming()
                        && session.conf().contains(WAREHOUSE);
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
                return resolved((UnresolvedRelation) node);
            }
        });
    }

    private LogicalPlan resolved(UnresolvedRelation relation) {
        String name = relation.multipartIdentifier().head();
        SparkSession own = session.newSession();
        // Or it would look for the names of its own views here.
        own.conf().unset(WAREHOUSE);
        Views.register(Warehouse.at(own, session.conf().get(WAREHOUSE)));
        return own.sessionState().catalog().getTempView(name).isEmpty()
                ? relation
                : own.table("`" + name.replace("`", "``") + "`")
                        .queryExecution()
                        .analyzed();
    }
}

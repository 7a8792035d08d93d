package io.blemish.jobs;

import io.blemish.tables.Identifiers;
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
    private String registered;
    private NamedViews views;

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

    private synchronized LogicalPlan resolved(UnresolvedRelation relation) {
        String name = relation.multipartIdentifier().head();
        String location = session.conf().get(WAREHOUSE);
        if (!location.equals(registered) || !views.has(name)) {
            views = NamedViews.of(session, location);
            registered = location;
        }
        return views.has(name) ? views.plan(name) : relation;
    }

    /** The tables and views of a warehouse as they are now; rows that are appended later are seen. */
    private record NamedViews(SparkSession own) {
        static NamedViews of(SparkSession session, String location) {
            SparkSession own = session.newSession();
            // Or it would look for the names of its own views here.
            own.conf().unset(WAREHOUSE);
            Views.register(Warehouse.at(own, location));
            return new NamedViews(own);
        }

        boolean has(String name) {
            return own.sessionState().catalog().getTempView(name).isDefined();
        }

        LogicalPlan plan(String name) {
            return own.table(Identifiers.escaped(name)).queryExecution().analyzed();
        }
    }
}

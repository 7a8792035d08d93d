package io.blemish.jobs;

import io.blemish.udfs.SqlFunctions;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * What a session that Blemish did not open gets by {@code spark.sql.extensions}: spark-sql, the Thrift server, Spark Connect,
 * PySpark.
 *
 * <pre>{@code
 * spark.sql.extensions    io.delta.sql.DeltaSparkSessionExtension,io.blemish.jobs.BlemishExtensions
 * spark.blemish.clip      the folder of a checkpoint, for functions of texts
 * spark.blemish.warehouse a warehouse, whose tables and views are found by their names
 * }</pre>
 *
 * <p>The functions are those of {@link SqlFunctions}, the names those of {@link io.blemish.tables.Views}. Both settings may
 * be changed in a session, with {@code SET}.
 */
public final class BlemishExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        SqlFunctions.inject(extensions);
        extensions.injectResolutionRule(WarehouseNames::new);
        return BoxedUnit.UNIT;
    }
}

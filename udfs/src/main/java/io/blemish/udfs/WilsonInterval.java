package io.blemish.udfs;

import io.blemish.error.UserException;
import io.blemish.metrics.Estimate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code wilson_interval(count, of)}: Wilson's 95 % interval of the share {@code count / of}, as {@code low} and
 * {@code high} in [0, 1]. Null when one of them is null, or {@code of} is 0.
 */
public final class WilsonInterval extends SqlFunction<InternalRow> implements UDF2<Long, Long, Row> {
    private static final StructType INTERVAL =
            new StructType().add("low", DataTypes.DoubleType, false).add("high", DataTypes.DoubleType, false);

    private static final long serialVersionUID = 1L;

    /** The function. */
    public WilsonInterval() {
        super("wilson_interval", "", INTERVAL, DataTypes.LongType, DataTypes.LongType);
    }

    @Override
    public InternalRow produceResult(InternalRow row) {
        if (row.anyNull() || row.getLong(1) == 0) {
            return null;
        }
        Estimate share = share(row.getLong(0), row.getLong(1));
        return new GenericInternalRow(new Object[] {share.low(), share.high()});
    }

    @Override
    public Row call(Long count, Long of) {
        if (count == null || of == null || of == 0) {
            return null;
        }
        Estimate share = share(count, of);
        return RowFactory.create(share.low(), share.high());
    }

    private static Estimate share(long count, long of) {
        if (count < 0 || count > of) {
            throw UserException.cannot(
                    "tell the interval of a share",
                    count + " of " + of + " is none",
                    "Give a count from 0 to the number of which it counts");
        }
        return Estimate.share(count, of);
    }
}

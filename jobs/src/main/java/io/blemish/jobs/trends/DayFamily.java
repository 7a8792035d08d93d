package io.blemish.jobs.trends;

import io.blemish.trends.FalseDiscovery;
import io.blemish.trends.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Adjusts the p-values of a day for all of its series, and says which rise or fall. */
final class DayFamily implements FlatMapGroupsFunction<Long, Row, Row> {
    private static final long serialVersionUID = 1;

    /** The rows of {@link SeriesRows} with what this adds. */
    static final StructType SCHEMA =
            SeriesRows.SCHEMA.add("q_value", DataTypes.DoubleType, true).add("signal", DataTypes.StringType, false);

    private final double falseDiscoveryRate;

    DayFamily(double falseDiscoveryRate) {
        this.falseDiscoveryRate = falseDiscoveryRate;
    }

    @Override
    public Iterator<Row> call(Long day, Iterator<Row> series) {
        List<Row> rows = new ArrayList<>();
        series.forEachRemaining(rows::add);
        int at = SeriesRows.SCHEMA.fieldIndex("p_value");
        double[] tested = rows.stream()
                .filter(row -> !row.isNullAt(at))
                .mapToDouble(row -> row.getDouble(at))
                .toArray();
        double[] adjusted = FalseDiscovery.adjusted(tested);
        List<Row> judged = new ArrayList<>(rows.size());
        int next = 0;
        for (Row row : rows) {
            judged.add(judged(row, row.isNullAt(at) ? Double.NaN : adjusted[next++]));
        }
        return judged.iterator();
    }

    private Row judged(Row row, double q) {
        Object[] values = new Object[SCHEMA.size()];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        boolean tested = !Double.isNaN(q);
        double z = tested ? row.getDouble(SeriesRows.SCHEMA.fieldIndex("z")) : 0;
        values[row.size()] = tested ? q : null;
        values[row.size() + 1] = Signal.of(q, z, falseDiscoveryRate).text();
        return RowFactory.create(values);
    }
}

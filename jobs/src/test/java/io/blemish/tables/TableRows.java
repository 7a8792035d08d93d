package io.blemish.tables;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of a table of which a test names what it cares for. */
public final class TableRows {
    private TableRows() {}

    /** A row with these values; other columns are null. */
    public static Row row(TableDefinition table, Map<String, ?> values) {
        String[] columns = table.schema().fieldNames();
        Object[] row = new Object[columns.length];
        Map<String, Object> left = new HashMap<>(values);
        for (int i = 0; i < row.length; i++) {
            row[i] = left.remove(columns[i]);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("no columns of " + table.name() + ": " + left.keySet());
        }
        return RowFactory.create(row);
    }

    /** The values, of which some are replaced or added. */
    public static Map<String, Object> with(Map<String, ?> values, Map<String, ?> others) {
        Map<String, Object> all = new HashMap<>(values);
        all.putAll(others);
        return all;
    }
}

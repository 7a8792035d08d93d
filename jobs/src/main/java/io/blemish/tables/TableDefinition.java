package io.blemish.tables;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One table of the warehouse: its name, its columns with their meaning, and how Delta keeps it.
 *
 * <p>The Delta features are the oldest that do the work (reader version 1, writer version 2: no deletion vectors, no
 * column mapping), so that delta-rs, DuckDB, Trino and Delta Kernel read every table. Statistics cover the columns that
 * queries filter by; wide columns (pictures, embeddings, maps) stand last and outside of them.
 *
 * @param name the table's name, also its folder in a warehouse directory
 * @param purpose what one row is, in one sentence
 * @param schema the columns in order, each with a comment
 * @param statistics the columns whose minimum and maximum Delta records for each file
 * @param compression the Parquet codec: {@code uncompressed} where the rows are pictures, which no codec makes smaller
 * @param key the columns that no two rows have in common; empty when rows may be alike
 * @param layout how maintenance lays its files out
 */
public record TableDefinition(
        String name,
        String purpose,
        StructType schema,
        List<String> statistics,
        String compression,
        List<String> key,
        Layout layout) {
    /**
     * How long old versions and their files stay: longer than any run, so that the version a run has pinned outlives
     * it.
     */
    private static final String RETENTION = "interval 30 days";

    /** The codec of tables whose rows hold pictures. */
    private static final String UNCOMPRESSED = "uncompressed";

    public TableDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(purpose, "purpose is null");
        requireNonNull(schema, "schema is null");
        statistics = List.copyOf(statistics);
        requireNonNull(compression, "compression is null");
        key = List.copyOf(key);
        requireNonNull(layout, "layout is null");
    }

    /**
     * What maintenance makes of a table's files.
     *
     * @param kind what becomes of them
     * @param columns for a clustered table, the columns whose near values are brought together
     */
    public record Layout(Kind kind, List<String> columns) {
        public Layout {
            requireNonNull(kind, "kind is null");
            columns = List.copyOf(columns);
        }

        /** What can become of a table's files. */
        public enum Kind {
            /** They stay: readers rely on how they were written. */
            AS_WRITTEN,
            /** Small ones are put together. */
            COMPACTED,
            /** Rows with near values are brought together, so that a query that asks for some skips most files. */
            CLUSTERED
        }
    }

    /** Begins the definition of a table. */
    public static Builder named(String name, String purpose) {
        return new Builder(name, purpose);
    }

    /** The Delta properties that the table is created with. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("delta.minReaderVersion", "1");
        properties.put("delta.minWriterVersion", "2");
        properties.put("delta.enableDeletionVectors", "false");
        properties.put("delta.checkpointPolicy", "classic");
        properties.put("delta.logRetentionDuration", RETENTION);
        properties.put("delta.deletedFileRetentionDuration", RETENTION);
        properties.put("delta.dataSkippingStatsColumns", String.join(",", statistics));
        return properties;
    }

    /** True when a row may hold a picture, which is as large as thousands of other rows. */
    public boolean holdsPictures() {
        return compression.equals(UNCOMPRESSED);
    }

    /** The columns in the table's order, for a {@code select} before an append. */
    public Column[] columns() {
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = functions.col(Identifiers.quoted(schema.apply(i).name()));
        }
        return columns;
    }

    /** Collects the columns of a table in their order. */
    public static final class Builder {
        private final String name;
        private final String purpose;
        private final List<StructField> fields = new ArrayList<>();
        private final List<String> statistics = new ArrayList<>();
        private String compression = "snappy";
        private List<String> key = List.of();
        private Layout layout = new Layout(Layout.Kind.COMPACTED, List.of());

        private Builder(String name, String purpose) {
            this.name = name;
            this.purpose = purpose;
        }

        /** A column that every row fills. */
        public Builder required(String column, DataType type, String meaning) {
            statistics.add(column);
            return add(column, type, false, meaning);
        }

        /** A column that may be null. */
        public Builder optional(String column, DataType type, String meaning) {
            statistics.add(column);
            return add(column, type, true, meaning);
        }

        /** A nullable column without statistics: long text, bytes, arrays, maps and structs. */
        public Builder wide(String column, DataType type, String meaning) {
            return add(column, type, true, meaning);
        }

        /** Stores the rows as they are, because pictures are compressed already. */
        public Builder uncompressed() {
            compression = UNCOMPRESSED;
            return this;
        }

        /** No two rows have the same values in all of these columns. */
        public Builder key(String... columns) {
            key = List.of(columns);
            return this;
        }

        /** Maintenance brings rows with near values in these columns together; they need statistics. */
        public Builder clusteredBy(String... columns) {
            layout = new Layout(Layout.Kind.CLUSTERED, List.of(columns));
            return this;
        }

        /** Maintenance leaves the files as they were written. */
        public Builder asWritten() {
            layout = new Layout(Layout.Kind.AS_WRITTEN, List.of());
            return this;
        }

        /** The finished definition. */
        public TableDefinition build() {
            return new TableDefinition(
                    name,
                    purpose,
                    new StructType(fields.toArray(new StructField[0])),
                    statistics,
                    compression,
                    key,
                    layout);
        }

        private Builder add(String column, DataType type, boolean nullable, String meaning) {
            fields.add(new StructField(column, type, nullable, Metadata.empty()).withComment(meaning));
            return this;
        }
    }
}

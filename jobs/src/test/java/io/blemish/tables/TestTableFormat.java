package io.blemish.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.jobs.SparkTest;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every table as other engines see it: the Delta protocol that its log asks for, and its rows through Delta Kernel. */
class TestTableFormat extends SparkTest {
    @TempDir
    private Path folder;

    static List<TableDefinition> tables() {
        return Views.TABLES;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void oldReadersCanReadIt(TableDefinition table) throws IOException {
        Warehouse warehouse = Warehouse.at(spark, folder.toString());
        warehouse.create(table);
        assertLogAsksForLittle(table);
        Dataset<org.apache.spark.sql.Row> row =
                spark.createDataFrame(List.of(value(table.schema(), 0)), table.schema());
        warehouse.append(table, row, "run");
        assertLogAsksForLittle(table);
        assertStatisticsSkipWideColumns(table);
        assertThat(firstColumnThroughKernel(warehouse.path(table))).containsExactly("text 0");
    }

    private void assertLogAsksForLittle(TableDefinition table) throws IOException {
        JsonNode protocol = action(table, 0, "protocol");
        assertThat(protocol.get("minReaderVersion").asInt()).isEqualTo(1);
        assertThat(protocol.get("minWriterVersion").asInt()).isEqualTo(2);
        assertThat(protocol.has("readerFeatures")).isFalse();
        assertThat(protocol.has("writerFeatures")).isFalse();
        JsonNode configuration = action(table, 0, "metaData").get("configuration");
        assertThat(configuration.get("delta.enableDeletionVectors").asText()).isEqualTo("false");
        assertThat(configuration.has("delta.columnMapping.mode")).isFalse();
    }

    private void assertStatisticsSkipWideColumns(TableDefinition table) throws IOException {
        JsonNode statistics =
                new ObjectMapper().readTree(action(table, 1, "add").get("stats").asText());
        TreeSet<String> counted = new TreeSet<>();
        statistics.get("nullCount").fieldNames().forEachRemaining(counted::add);
        assertThat(counted).containsExactlyInAnyOrderElementsOf(table.statistics());
    }

    private JsonNode action(TableDefinition table, int version, String kind) throws IOException {
        Path log = folder.resolve(table.name()).resolve("_delta_log");
        for (String line : Files.readAllLines(log.resolve("%020d.json".formatted(version)))) {
            JsonNode action = new ObjectMapper().readTree(line);
            if (action.has(kind)) {
                return action.get(kind);
            }
        }
        throw new AssertionError("version " + version + " of " + table.name() + " has no " + kind);
    }

    private static List<String> firstColumnThroughKernel(String path) throws IOException {
        Engine engine = DefaultEngine.create(new Configuration());
        Snapshot snapshot = Table.forPath(engine, path).getLatestSnapshot(engine);
        Scan scan = snapshot.getScanBuilder().build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        List<String> values = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> rows = files.next().getRows()) {
                    while (rows.hasNext()) {
                        read(engine, state, physical, rows.next(), values);
                    }
                }
            }
        }
        return values;
    }

    private static void read(Engine engine, Row state, StructType physical, Row file, List<String> values)
            throws IOException {
        FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
        try (CloseableIterator<ColumnarBatch> raw = engine.getParquetHandler()
                        .readParquetFiles(Utils.singletonCloseableIterator(status), physical, Optional.empty())
                        .map(result -> result.getData());
                CloseableIterator<FilteredColumnarBatch> batches =
                        Scan.transformPhysicalData(engine, state, file, raw)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    rows.forEachRemaining(row -> values.add(row.getString(0)));
                }
            }
        }
    }

    /** A value of the type in which nothing is null. */
    private static org.apache.spark.sql.Row value(org.apache.spark.sql.types.StructType type, int seed) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            StructField field = type.apply(i);
            values[i] = value(field.dataType(), seed + i);
        }
        return RowFactory.create(values);
    }

    private static Object value(DataType type, int seed) {
        if (type instanceof StringType) {
            return "text " + seed;
        } else if (type instanceof LongType) {
            return (long) seed;
        } else if (type instanceof IntegerType) {
            return seed;
        } else if (type instanceof DoubleType) {
            return seed / 3.0;
        } else if (type instanceof FloatType) {
            return seed / 3.0f;
        } else if (type instanceof BooleanType) {
            return seed % 2 == 0;
        } else if (type instanceof TimestampType) {
            return Instant.ofEpochSecond(1_700_000_000L + seed);
        } else if (type instanceof DateType) {
            return LocalDate.ofEpochDay(20_000L + seed);
        } else if (type instanceof BinaryType) {
            return new byte[] {1, 2, (byte) seed};
        } else if (type instanceof ArrayType array) {
            return List.of(value(array.elementType(), seed), value(array.elementType(), seed + 1))
                    .toArray();
        } else if (type instanceof MapType map) {
            return Map.of("key", value(map.valueType(), seed));
        } else if (type instanceof org.apache.spark.sql.types.StructType struct) {
            return value(struct, seed);
        }
        throw new AssertionError("no value for " + type);
    }
}

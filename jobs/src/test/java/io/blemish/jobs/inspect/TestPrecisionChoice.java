package io.blemish.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import io.blemish.jobs.SparkTest;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPrecisionChoice extends SparkTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void create() {
        warehouse = Warehouse.at(spark, folder.toString());
        warehouse.create(InspectionsTable.DEFINITION);
    }

    @Test
    void nameDecides() {
        inspect("mine in fp32", "2025-03-01T08:00:00Z");

        assertThat(choose(Optional.of(Precision.BF16), TestPrecisionChoice::neverAsked))
                .isEqualTo(Precision.BF16);
    }

    @Test
    void newestRowsOfTheEncoderDecideNext() {
        inspect("mine in fp32", "2025-03-01T08:00:00Z");
        inspect("mine in fp16", "2025-03-02T08:00:00Z");
        inspect("another in bf16", "2025-03-03T08:00:00Z");

        assertThat(choose(Optional.empty(), TestPrecisionChoice::neverAsked)).isEqualTo(Precision.FP16);
    }

    @Test
    void executorsDecideLast() {
        inspect("another in fp32", "2025-03-01T08:00:00Z");

        assertThat(choose(Optional.empty(), () -> Precision.BF16)).isEqualTo(Precision.BF16);
    }

    private Precision choose(Optional<Precision> asked, Supplier<Precision> best) {
        return PrecisionChoice.choose(asked, warehouse, precision -> "mine in " + precision.label(), best);
    }

    private static Precision neverAsked() {
        throw new AssertionError("the executors were asked");
    }

    private void inspect(String encoderId, String at) {
        StructType schema = InspectionsTable.DEFINITION.schema();
        Map<String, Object> values = Map.of(
                "image_id",
                "image",
                "uri",
                "file:/image.png",
                "encoder_id",
                encoderId,
                "captioner_id",
                InspectionsTable.NO_CAPTIONER,
                "kb_id",
                "oranges",
                "run_id",
                "run",
                "part",
                1L,
                "status",
                InspectionsTable.OK,
                "inspected_at",
                Instant.parse(at));
        Row row = RowFactory.create(
                Stream.of(schema.fieldNames()).map(values::get).toArray());
        warehouse.append(InspectionsTable.DEFINITION, spark.createDataFrame(List.of(row), schema), "run");
    }
}

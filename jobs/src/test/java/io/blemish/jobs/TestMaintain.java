package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestMaintain extends CommandLineTest {
    private static final String FEW_DAYS =
            "captured_at >= '2025-03-10' AND captured_at < '2025-03-12' AND site = 'Lyon'";

    @Test
    void clusteringLeavesRowsAndLetsQueriesSkipFiles() {
        Warehouse warehouse = inspected(4, 500);
        List<String> before = SyntheticRows.ids(rows(InspectionsTable.DEFINITION));
        assertThat(filesRead(FEW_DAYS)).as("each append has every day").isEqualTo(4);
        long images = version(ImagesTable.DEFINITION);
        String[] photographs = warehouse.read(ImagesTable.DEFINITION).inputFiles();

        Outcome outcome = optimize();

        int files = rows(InspectionsTable.DEFINITION).inputFiles().length;
        assertThat(files).isGreaterThan(4);
        assertThat(filesRead(FEW_DAYS)).isLessThanOrEqualTo(files / 2);
        assertThat(SyntheticRows.ids(rows(InspectionsTable.DEFINITION))).isEqualTo(before);
        assertThat(version(ImagesTable.DEFINITION)).isEqualTo(images);
        assertThat(warehouse.read(ImagesTable.DEFINITION).inputFiles()).containsExactlyInAnyOrder(photographs);
        assertThat(counts(outcome).get("files_before.inspections").asLong()).isEqualTo(4);
        assertThat(counts(outcome).get("files.inspections").asLong()).isEqualTo(files);
    }

    @Test
    void clusteringWaitsUntilEnoughIsNew() {
        Warehouse warehouse = inspected(2, 500);
        optimize();
        long clustered = version(InspectionsTable.DEFINITION);

        optimize();
        assertThat(version(InspectionsTable.DEFINITION)).as("nothing is new").isEqualTo(clustered);

        warehouse.append(InspectionsTable.DEFINITION, SyntheticRows.inspections(spark, 5000, 20), "run");
        optimize();
        assertThat(version(InspectionsTable.DEFINITION)).as("little is new").isEqualTo(clustered + 1);

        warehouse.append(InspectionsTable.DEFINITION, SyntheticRows.inspections(spark, 6000, 500), "run");
        optimize();
        assertThat(version(InspectionsTable.DEFINITION)).as("much is new").isEqualTo(clustered + 3);
    }

    @Test
    void eachClusteringColumnHasStatistics() {
        for (TableDefinition table : Views.TABLES) {
            assertThat(table.statistics()).containsAll(table.layout().columns());
        }
    }

    @ParameterizedTest
    @MethodSource("io.blemish.jobs.TestMaintain#keyed")
    void keysAreColumns(TableDefinition table) {
        assertThat(table.schema().fieldNames()).containsAll(table.key());
    }

    static List<TableDefinition> keyed() {
        return Views.TABLES;
    }

    @Test
    void oldFilesStayAsLongAsPromised() throws IOException {
        inspected(2, 100);
        optimize();
        long all = files(InspectionsTable.DEFINITION);

        succeed("maintain", "--warehouse", warehouse(), "--only", "vacuum");
        assertThat(files(InspectionsTable.DEFINITION)).isEqualTo(all);

        Outcome outcome =
                succeed("maintain", "--warehouse", warehouse(), "--only", "vacuum", "--retention", "1ms", "--json");
        assertThat(files(InspectionsTable.DEFINITION))
                .isEqualTo(rows(InspectionsTable.DEFINITION).inputFiles().length)
                .isEqualTo(
                        all - counts(outcome).get("files_deleted.inspections").asLong());
        assertThat(rows(InspectionsTable.DEFINITION).count()).isEqualTo(200);
    }

    @Test
    void whatALivingRunMayReadIsNotDeleted() {
        Warehouse warehouse = inspected(1, 10);
        tell(warehouse, RunEvent.State.STARTED, Instant.now(), 0);

        assertThat(vacuumMistake()).contains("run living-run (inspect) works since", "version 0 of images");
        succeed("maintain", "--warehouse", warehouse(), "--only", "vacuum");

        tell(warehouse, RunEvent.State.FINISHED, Instant.now(), 0);
        succeed("maintain", "--warehouse", warehouse(), "--only", "vacuum", "--retention", "1ms");
    }

    /** A run that began after a version went out of date, and reads it all the same. */
    @Test
    void pinnedVersionIsOlderThanItsRun() {
        Warehouse warehouse = inspected(1, 10);
        Instant tomorrow = Instant.now().plusSeconds(86_400);
        tell(warehouse, RunEvent.State.HEARTBEAT, tomorrow, warehouse.version(ImagesTable.DEFINITION));
        succeed("maintain", "--warehouse", warehouse(), "--only", "vacuum", "--retention", "1ms");

        tell(warehouse, RunEvent.State.HEARTBEAT, tomorrow.plusSeconds(1), 0);
        assertThat(vacuumMistake()).contains("version 0 of images");
    }

    @Test
    void soundTablesHaveNotesAtMost() throws Exception {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Pictures.jpeg(photos().resolve("b.jpg"), 2);
        Pictures.write(photos().resolve("c.txt"), new byte[1]);
        succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse());
        new InspectFixture(spark, folder.resolve("warehouse")).inspect();
        succeed("tiles", "--warehouse", warehouse());

        Outcome outcome = succeed("maintain", "--warehouse", warehouse(), "--json");

        assertThat(counted(outcome, "broken")).isZero();
        assertThat(counted(outcome, "checks")).isGreaterThan(30);
        assertThat(counted(outcome, "images: every image is dated")).isEqualTo(2);
    }

    @Test
    void brokenPromisesAreFound() {
        Warehouse warehouse = inspected(1, 10);
        warehouse.append(ImagesTable.DEFINITION, SyntheticRows.images(spark, 3, 2), "run");
        warehouse.append(InspectionsTable.DEFINITION, SyntheticRows.inspections(spark, 8, 4), "run");
        warehouse.append(
                InspectionsTable.DEFINITION,
                SyntheticRows.inspections(spark, 0, 3)
                        .selectExpr("* EXCEPT (captioner_id, status)", "'c' AS captioner_id", "'done' AS status"),
                "run");

        Outcome outcome = blemish("maintain", "--warehouse", warehouse(), "--only", "checks", "--json");

        assertThat(outcome.code()).isEqualTo(3);
        JsonNode counts = counts(outcome);
        assertThat(counts.get("images: no two rows have one key").asLong()).isEqualTo(2);
        assertThat(counts.get("inspections: no two rows have one key").asLong()).isEqualTo(2);
        assertThat(counts.get("inspections: every row has its image").asLong()).isEqualTo(2);
        assertThat(counts.get("inspections: status is ok or failed").asLong()).isEqualTo(3);
        assertThat(counts.get("broken").asLong()).isEqualTo(5);
        assertThat(outcome.err()).contains("what is ok is labelled, what failed is not", "blemish forget --image-id");
    }

    @Test
    void protocolThatWasRaisedIsFound() {
        inspected(1, 10);
        spark.sql("ALTER TABLE delta.`" + warehouse()
                + "/images` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");

        Outcome outcome = blemish("maintain", "--warehouse", warehouse(), "--only", "checks", "--json");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(counted(outcome, "images: other engines can read it")).isEqualTo(1);
        assertThat(counted(outcome, "images: properties are those of this version"))
                .isEqualTo(1);
    }

    @Test
    void dryRunChangesNothing() throws IOException {
        inspected(2, 100);
        List<String> before = everything();

        Outcome outcome = succeed("maintain", "--warehouse", warehouse(), "--retention", "1ms", "--dry-run", "--json");

        assertThat(counted(outcome, "inspections_files_to_lay_out")).isEqualTo(2);
        assertThat(everything()).isEqualTo(before);
    }

    private Outcome optimize() {
        return succeed(
                "maintain",
                "--warehouse",
                warehouse(),
                "--only",
                "optimize",
                "--set",
                "maintain.file-size=40 KiB",
                "--json");
    }

    private String vacuumMistake() {
        return mistake("maintain", "--warehouse", warehouse(), "--only", "vacuum", "--retention", "1ms");
    }

    /** A warehouse with so many appends of images and as many of inspections. */
    private Warehouse inspected(int appends, long images) {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(
                ImagesTable.DEFINITION, InspectionsTable.DEFINITION, TilesTable.DEFINITION, RunsTable.DEFINITION);
        for (int i = 0; i < appends; i++) {
            warehouse.append(ImagesTable.DEFINITION, SyntheticRows.images(spark, i * images, images), "run");
            warehouse.append(InspectionsTable.DEFINITION, SyntheticRows.inspections(spark, i * images, images), "run");
        }
        return warehouse;
    }

    private static void tell(Warehouse warehouse, RunEvent.State state, Instant at, long version) {
        RunEvent event = new RunEvent(
                "living-run",
                "inspect",
                state,
                at,
                Optional.of(new RunEvent.Input(ImagesTable.NAME, version)),
                OptionalDouble.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "{}");
        warehouse.append(RunsTable.DEFINITION, event.row(spark), "living-run");
    }

    private int filesRead(String condition) {
        Dataset<Row> answer = rows(InspectionsTable.DEFINITION).where(condition);
        assertThat(answer.isEmpty()).isFalse();
        return answer.inputFiles().length;
    }

    private long files(TableDefinition table) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("warehouse").resolve(table.name()))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}

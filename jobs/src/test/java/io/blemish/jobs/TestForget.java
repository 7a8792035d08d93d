package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.input_file_name;
import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TilesTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestForget extends CommandLineTest {
    private static final List<TableDefinition> FILLED = List.of(
            FilesTable.DEFINITION,
            ImagesTable.DEFINITION,
            InspectionsTable.DEFINITION,
            TilesTable.DEFINITION,
            TruthsTable.DEFINITION);

    @TempDir
    private static Path shared;

    private static String id;
    private static String other;

    /** Two ingests of two photographs each; all four are inspected, drawn and labelled. */
    @BeforeAll
    static void fill() throws Exception {
        Path photographs = shared.resolve("photos");
        String filled = shared.resolve("warehouse").toString();
        Path first = Pictures.jpeg(photographs.resolve("a.jpg"), 1);
        Pictures.jpeg(photographs.resolve("b.jpg"), 2);
        id = ImageRows.sha256(Files.readAllBytes(first));
        succeed("ingest", "--from", photographs.toString(), "--warehouse", filled);
        Path third = Pictures.jpeg(photographs.resolve("c.jpg"), 3);
        Pictures.jpeg(photographs.resolve("d.jpg"), 4);
        other = ImageRows.sha256(Files.readAllBytes(third));
        succeed("ingest", "--from", photographs.toString(), "--warehouse", filled);
        new InspectFixture(spark, shared.resolve("warehouse")).inspect();
        succeed("tiles", "--warehouse", filled, "--size", "64");
        Path truths = shared.resolve("truths.csv");
        Files.writeString(
                truths,
                "image,kind,value\na.jpg,label,mould\nb.jpg,label,sound\nc.jpg,label,mould\nd.jpg,label,sound\n");
        succeed("truth", "import", truths.toString(), "--from", photographs.toString(), "--warehouse", filled);
    }

    /** Each test has a warehouse to forget in. */
    @BeforeEach
    void copy() throws IOException {
        copy(shared.resolve("warehouse"), folder.resolve("warehouse"));
    }

    @Override
    protected Path photos() {
        return shared.resolve("photos");
    }

    @Test
    void imageIsGoneFromEveryTable() {
        List<Long> before = FILLED.stream().map(table -> rows(table).count()).toList();

        Outcome outcome =
                succeed("forget", "--image-id", id, "--image-id", other, "--warehouse", warehouse(), "--json");

        for (int i = 0; i < FILLED.size(); i++) {
            TableDefinition table = FILLED.get(i);
            long gone = counted(outcome, table.name());
            assertThat(gone).as(table.name()).isPositive();
            assertThat(rows(table).count()).isEqualTo(before.get(i) - gone);
            assertThat(rows(table).where(col("image_id").isin(id, other)).isEmpty())
                    .isTrue();
            assertThat(rows(table).select("image_id").distinct().count()).isEqualTo(2);
        }
        assertThat(mostPartsOfAFile()).isEqualTo(1);
        succeed("maintain", "--warehouse", warehouse(), "--only", "checks");
        assertThat(mistake("forget", "--image-id", id, "--warehouse", warehouse()))
                .contains("no table knows any of them");
    }

    @Test
    void photographThatStaysComesBack() {
        succeed("forget", "--image-id", id, "--warehouse", warehouse());
        Outcome outcome = succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse(), "--json");
        assertThat(counted(outcome, "images")).isEqualTo(1);
        assertThat(rows(ImagesTable.DEFINITION)
                        .where(col("image_id").equalTo(id))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void olderVersionsHoldItUntilTheyArePurged() throws IOException {
        Path list = Files.writeString(folder.resolve("ids.txt"), id + "\n\n");
        succeed("forget", "--image-ids", list.toString(), "--warehouse", warehouse());
        assertThat(rowsInAnyFile(ImagesTable.DEFINITION)).isPositive();

        Outcome outcome =
                succeed("forget", "--image-ids", list.toString(), "--warehouse", warehouse(), "--purge", "--json");

        assertThat(counted(outcome, "files_deleted")).isPositive();
        for (TableDefinition table : FILLED) {
            assertThat(rowsInAnyFile(table)).as(table.name()).isZero();
            assertThat(rows(table).select("image_id").distinct().count()).isEqualTo(3);
        }
    }

    @Test
    void dryRunCountsAndDeletesNothing() {
        List<Long> before = FILLED.stream().map(this::version).toList();
        Outcome outcome = succeed("forget", "--image-id", id, "--warehouse", warehouse(), "--dry-run", "--json");
        assertThat(counted(outcome, "images")).isEqualTo(1);
        assertThat(counted(outcome, "inspections")).isEqualTo(1);
        assertThat(counted(outcome, "tiles")).isEqualTo(4);
        assertThat(FILLED.stream().map(this::version)).isEqualTo(before);
    }

    @Test
    void whoIsAtWorkMightBringItBack() throws Exception {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        JobContext context = new InspectFixture(spark, folder.resolve("warehouse")).context();
        JobRun.execute(context, warehouse, "inspect", "Inspecting", run -> {
            assertThat(mistake("forget", "--image-id", id, "--warehouse", warehouse()))
                    .contains("run " + run.id() + " (inspect) is at work");
            return Summary.titled("Done");
        });
        succeed("forget", "--image-id", id, "--warehouse", warehouse());
    }

    @Test
    void idsAreWholeAndKnown() {
        assertThat(mistake("forget", "--image-id", id.substring(1), "--warehouse", warehouse()))
                .contains("an image_id is 64 hexadecimal digits");
        assertThat(mistake("forget", "--image-id", "0".repeat(64), "--warehouse", warehouse()))
                .contains("no table knows any of them");
        assertThat(mistake("forget", "--warehouse", warehouse())).contains("none is named");
    }

    private long mostPartsOfAFile() {
        return Arrays.stream((Row[]) rows(ImagesTable.DEFINITION)
                        .groupBy(input_file_name())
                        .agg(count_distinct(col("part")))
                        .collect())
                .mapToLong(row -> row.getLong(1))
                .max()
                .orElseThrow();
    }

    /** Rows of the image in any data file of the table's folder, whatever version it belongs to. */
    private long rowsInAnyFile(TableDefinition table) {
        return spark.read()
                .parquet(folder.resolve("warehouse").resolve(table.name()) + "/*.parquet")
                .where(col("image_id").equalTo(id))
                .count();
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import io.blemish.tables.WarehouseLock;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a caller of the command sees: streams and exit codes. */
class TestCli extends CommandLineTest {
    @Test
    void helpIsNoMistake() {
        assertThat(succeed("--help").out()).contains("ingest", "inspect", "sql", "doctor");
        assertThat(succeed("ingest", "--help").out()).contains("--layout", "--warehouse", "--set");
    }

    @Test
    void mistakesOfTheCommandLine() {
        assertThat(mistake("digest")).contains("'digest'", "See blemish --help.");
        assertThat(mistake("ingest", "--warehouse", "w", "--form", "x"))
                .contains("--form", "See blemish ingest --help.");
        assertThat(mistake("ingest", "--from", "x")).contains("--warehouse");
        assertThat(blemish().code()).isEqualTo(2);
    }

    @Test
    void mistakesOfTheConfiguration() {
        assertThat(mistake("ingest", "--from", "x", "--warehouse", warehouse(), "--set", "ingest.inclde=jpg"))
                .contains("Cannot use the key ingest.inclde", "Did you mean ingest.include?");
        assertThat(mistake("ingest", "--from", "x", "--warehouse", warehouse(), "--max-rejected", "2"))
                .contains("ingest.max-rejected", "(--max-rejected)");
        assertThat(mistake("ingest", "--from", "x", "--warehouse", warehouse(), "--conf", "absent.yaml"))
                .startsWith("Cannot read the configuration absent.yaml");
        assertThat(mistake("ingest", "--from", "x", "--warehouse", warehouse(), "--master", "local[2"))
                .startsWith("Cannot use the master local[2: it is neither local, local[THREADS] nor");
    }

    @Test
    void folderThatIsNoWarehouse() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        assertThat(mistake("ingest", "--from", photos().toString(), "--warehouse", photos().toString()))
                .contains("as a warehouse: it holds no Delta table, but other files");
        assertThat(photos().resolve("_blemish.lock")).doesNotExist();
    }

    @Test
    void warehouseThatIsBusy() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        try (WarehouseLock lock = Warehouse.at(spark, warehouse()).lock("inspect, process 7")) {
            assertThat(lock).isNotNull();
            assertThat(mistake("ingest", "--from", photos().toString(), "--warehouse", warehouse()))
                    .contains("another driver is writing to it (inspect, process 7)");
        }
    }

    @Test
    void jsonIsTheOnlyLineOfStandardOutput() throws IOException {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Outcome outcome = succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse(), "--json");
        assertThat(outcome.out().lines()).hasSize(1);
        JsonNode event = new ObjectMapper().readTree(outcome.out());
        assertThat(event.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(RunsTable.DEFINITION.schema().fieldNames());
        assertThat(event.get("state").asText()).isEqualTo("finished");
        assertThat(event.get("configuration").get("ingest.max-rejected").asText())
                .isEqualTo("0.01");
        assertThat(outcome.err()).contains("photographs listed", "Next: blemish inspect");
    }

    @Test
    void tableIsTheAnswerOtherwise() {
        Pictures.jpeg(photos().resolve("a.jpg"), 1);
        Pictures.write(photos().resolve("b.jpg"), new byte[0]);
        Outcome outcome = blemish("ingest", "--from", photos().toString(), "--warehouse", warehouse());
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out()).contains("taken in", "rejected", "empty", "for example: ");
        assertThat(succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse())
                        .out())
                .as("nothing new, nothing rejected")
                .contains("known before");
    }

    @Test
    void fallenRunIsRecorded() {
        Pictures.write(photos().resolve("a.txt"), new byte[1]);
        assertThat(mistake("ingest", "--from", photos().toString(), "--warehouse", warehouse()))
                .contains("no photograph is there");
        assertThat(rows(RunsTable.DEFINITION).select("state", "message").collectAsList())
                .map(row -> row.getString(0) + ": " + row.getString(1))
                .hasSize(2)
                .anyMatch(event -> event.startsWith("failed: Cannot ingest from"));
    }
}

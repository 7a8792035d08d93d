package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.ReleasesTable;
import io.blemish.tables.RunsTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPromote extends CommandLineTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path shared;

    private TrendsFixture fixture;

    @BeforeEach
    void inspect() {
        fixture = new TrendsFixture(spark, shared.resolve("warehouse")).image("Porto", NOON);
        fixture.of("e1", "c1", "k1").image("Porto", NOON);
        fixture.of("e1", "c1", "k2").image("Porto", NOON);
        fixture.of("e2", "none", "k2").image("Porto", NOON).inspect();
    }

    private String[] command(String... more) {
        List<String> all = new ArrayList<>(List.of("promote", "--warehouse", warehouseOfTest()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private String warehouseOfTest() {
        return shared.resolve("warehouse").toString();
    }

    private List<String> promoted() {
        return fixture.warehouse().read(ReleasesTable.DEFINITION).orderBy("promoted_at").collectAsList().stream()
                .map(row -> release(row) + " by " + row.<String>getAs("author"))
                .toList();
    }

    private static String release(Row row) {
        return row.getAs("encoder_id") + " " + row.getAs("captioner_id") + " " + row.getAs("kb_id");
    }

    private String count() {
        return succeed(
                        "sql",
                        "SELECT encoder_id, captioner_id, kb_id FROM current_inspections",
                        "--warehouse",
                        warehouseOfTest(),
                        "--json")
                .out()
                .strip();
    }

    @Test
    void whatIsPromotedCounts() {
        assertThat(mistake("sql", "SELECT * FROM current_inspections", "--warehouse", warehouseOfTest()))
                .contains(
                        "Cannot tell which inspections count in ",
                        "--encoder e1 (clip-e1) --knowledge base-k1",
                        "Run blemish promote");
        succeed(command("--encoder", "clip-e1", "--knowledge", "k1", "--author", "Ada"));
        assertThat(count()).isEqualTo("{\"encoder_id\":\"e1\",\"captioner_id\":\"c1\",\"kb_id\":\"k1\"}");
        succeed(command("--encoder", "e1", "--knowledge", "k1", "--captioner", "none", "--author", "Ada"));
        succeed(command("--encoder", "e2", "--author", "Bob"));

        assertThat(count()).isEqualTo("{\"encoder_id\":\"e2\",\"captioner_id\":\"none\",\"kb_id\":\"k2\"}");
        assertThat(promoted()).containsExactly("e1 c1 k1 by Ada", "e1 none k1 by Ada", "e2 none k2 by Bob");
    }

    @Test
    void whatCountsIsNotPromotedAgain() {
        succeed(command("--encoder", "e2"));
        assertThat(succeed(command("--encoder", "e2")).out()).contains("it is what counts already");
        assertThat(promoted()).hasSize(1);
    }

    @Test
    void severalThatCouldBeMeantAreListed() {
        assertThat(mistake(command("--knowledge", "base-k2")))
                .contains("several", "--encoder e1 (clip-e1) --knowledge base-k2", "--encoder e2 (clip-e2)");
        assertThat(mistake(command("--encoder", "e3"))).contains("it has no inspections of these, but of ");
    }

    @Test
    void dryRunWritesNothing() {
        assertThat(succeed(command("--encoder", "e2", "--dry-run")).out()).contains("encoder e2", "promoted");
        assertThat(fixture.warehouse().exists(ReleasesTable.DEFINITION)).isFalse();
        assertThat(fixture.warehouse().exists(RunsTable.DEFINITION)).isFalse();
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From inspections that a test makes up to trends. */
class TestTrends extends CommandLineTest {
    private static final int DAYS = 12;

    @TempDir
    private Path shared;

    private TrendsFixture fixture() {
        return new TrendsFixture(spark, shared.resolve("warehouse"));
    }

    private String[] command(String... more) {
        List<String> fixed = List.of(
                "trends",
                "--warehouse",
                shared.resolve("warehouse").toString(),
                "--json",
                "--set",
                "trends.recent-days=4",
                "--set",
                "trends.baseline-days=6");
        return Stream.concat(fixed.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    private JsonNode trends(String... more) {
        return counts(succeed(command(more)));
    }

    /** Two lines of Porto and one of Lyon; from day 8 on mould is frequent on one of them. */
    private static TrendsFixture fill(TrendsFixture fixture) {
        for (int day = 0; day < DAYS; day++) {
            fixture.day(day, "Porto", "1", 20, day < 8 ? 1 : 10, 0)
                    .day(day, "Porto", "2", 20, 1, 2)
                    .day(day, "Lyon", "1", 20, 0, 0);
        }
        return fixture;
    }

    private static List<String> json(Dataset<Row> rows) {
        return rows.drop("run_id").toJSON().collectAsList().stream().sorted().toList();
    }

    @Test
    void countsByGrainAndDay() {
        TrendsFixture fixture = fill(fixture()).image("Porto", null).inspect();
        JsonNode counts = trends();

        assertThat(counts.get("images").asLong()).isEqualTo(DAYS * 62L);
        assertThat(counts.get("undated").asLong()).isEqualTo(1);
        assertThat(fixture.trends()
                        .select("grain")
                        .distinct()
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactlyInAnyOrder("all", "product", "site", "product,site", "site,line", "product,site,line");
        Row last = fixture.trend("site", DAYS - 1, "Porto", "*", "mould");
        assertThat(last.<String>getAs("product")).isEqualTo("*");
        assertThat(last.<Long>getAs("inspected")).isEqualTo(40);
        assertThat(last.<Long>getAs("abstained")).isEqualTo(2);
        assertThat(last.<Long>getAs("defective")).isEqualTo(11);
        assertThat(last.<Long>getAs("count")).isEqualTo(11);
        assertThat(last.<Double>getAs("rate")).isEqualTo(11 / 40.0);
        assertThat(last.<Long>getAs("recent_inspected")).isEqualTo(160);
        assertThat(last.<Long>getAs("recent_count")).isEqualTo(44);
        assertThat(last.<Long>getAs("baseline_inspected")).isEqualTo(240);
        assertThat(last.<Double>getAs("baseline")).isCloseTo(12 / 240.0, within(1e-12));
        assertThat(last.<String>getAs("signal")).isEqualTo("rising");
        assertThat(fixture.trend("site,line", DAYS - 1, "Porto", "2", "mould").<String>getAs("signal"))
                .isEqualTo("steady");
        assertThat(fixture.trend("site,line", 0, "Porto", "2", "mould").<String>getAs("signal"))
                .as("no day before it")
                .isEqualTo("too_few");
        assertThat(fixture.trend("site", DAYS - 1, "Lyon", "*", "*").<Long>getAs("count"))
                .isZero();
        assertThat(fixture.trend("site", DAYS - 1, "Lyon", "*", "mould"))
                .as("a defect that was never found there")
                .isNull();
    }

    @Test
    void secondRunWritesNothing() {
        TrendsFixture fixture = fill(fixture()).inspect();
        long rows = trends().get("rows").asLong();
        assertThat(fixture.trends().count()).isEqualTo(rows);
        long version = fixture.warehouse().version(DefectTrendsTable.DEFINITION);

        JsonNode again = trends();
        assertThat(again.get("written").asLong()).isZero();
        assertThat(again.get("rows").asLong()).isEqualTo(rows);
        assertThat(fixture.warehouse().version(DefectTrendsTable.DEFINITION)).isEqualTo(version);
    }

    @Test
    void lateImagesChangeNoEarlierDay() {
        TrendsFixture fixture = fill(fixture()).inspect();
        trends();
        LocalDate late = TrendsFixture.FIRST.plusDays(5);
        List<String> before = json(fixture.trends().where("day < DATE'" + late + "'"));
        long version = fixture.warehouse().version(DefectTrendsTable.DEFINITION);

        fixture.day(5, "Lyon", "1", 10, 5, 0).inspect();
        trends();
        assertThat(fixture.warehouse().version(DefectTrendsTable.DEFINITION))
                .as("one commit")
                .isEqualTo(version + 1);
        assertThat(fixture.trends()
                        .where("day < DATE'" + late + "'")
                        .select("run_id")
                        .distinct()
                        .count())
                .isEqualTo(1);
        assertThat(json(fixture.trends().where("day < DATE'" + late + "'"))).isEqualTo(before);
        assertThat(fixture.trend("site", 5, "Lyon", "*", "mould").<Long>getAs("count"))
                .isEqualTo(5);
        assertThat(fixture.trend("site", 7, "Lyon", "*", "mould").<Long>getAs("recent_count"))
                .isEqualTo(5);
        List<String> incremental = json(fixture.trends());
        fixture.warehouse()
                .replace(DefectTrendsTable.DEFINITION, fixture.trends().limit(0), "true", "test");
        trends();
        assertThat(json(fixture.trends())).as("computed at once").isEqualTo(incremental);
    }

    @Test
    void windowOfTimeGivesTheSameRows() {
        TrendsFixture fixture = fill(fixture()).inspect();
        trends();
        List<String> whole = json(fixture.trends());
        fixture.warehouse()
                .replace(DefectTrendsTable.DEFINITION, fixture.trends().limit(0), "true", "test");

        assertThat(trends("--until", TrendsFixture.FIRST.plusDays(10).toString())
                        .get("images")
                        .asLong())
                .isEqualTo(10 * 62L);
        assertThat(trends("--since", TrendsFixture.FIRST.plusDays(10).toString())
                        .get("images")
                        .asLong())
                .isEqualTo(2 * 62L);
        assertThat(json(fixture.trends())).isEqualTo(whole);
    }

    @Test
    void dryRunWritesNothing() {
        TrendsFixture fixture = fill(fixture()).inspect();

        assertThat(trends("--dry-run").get("written").asLong()).isPositive();
        assertThat(fixture.warehouse().exists(DefectTrendsTable.DEFINITION)).isFalse();
        assertThat(fixture.warehouse().exists(RunsTable.DEFINITION)).isFalse();
    }

    @Test
    void dayBeginsInTheTimeZone() {
        TrendsFixture fixture = fixture()
                .image("Porto", Instant.parse("2026-03-01T23:30:00Z"))
                .image("Porto", Instant.parse("2026-03-02T22:59:00Z"))
                .inspect();
        trends("--set", "trends.time-zone=Europe/Berlin");

        assertThat(fixture.trends().select("day").distinct().collectAsList())
                .map(row -> row.getLocalDate(0).toString())
                .containsExactly("2026-03-02");
        assertThat(mistake("trends", "--warehouse", fixture.warehouse().toString(), "--set", "trends.time-zone=Mars"))
                .contains("there is no time zone 'Mars'");
    }

    @Test
    void otherReleaseIsAnotherSeriesAndTheChangeIsMarked() {
        TrendsFixture fixture = fill(fixture()).inspect();
        trends();
        fill(fixture.of("e1", "none", "k2")).inspect();
        assertThat(blemish(command()).err()).contains("it has inspections of several", "Run blemish promote");
        String warehouse = fixture.warehouse().toString();
        succeed("promote", "--warehouse", warehouse, "--knowledge", "base-k1");
        succeed("promote", "--warehouse", warehouse, "--knowledge", "k2", "--author", "Ada");
        Dataset<Row> old = fixture.trends().where("kb_id = 'k1'");
        List<String> before = json(old);
        long promoted = LocalDate.now(ZoneOffset.UTC).toEpochDay() - TrendsFixture.FIRST.toEpochDay();
        fixture.day((int) promoted + 1, "Porto", "1", 20, 1, 0)
                .day((int) promoted + 2, "Porto", "1", 20, 1, 0)
                .inspect();
        trends();

        assertThat(json(old)).isEqualTo(before).isNotEmpty();
        assertThat(fixture.trends()
                        .where("kb_id = 'k2' AND change = 'knowledge_base'")
                        .select("day")
                        .distinct()
                        .collectAsList())
                .map(row -> row.getLocalDate(0))
                .containsExactly(TrendsFixture.FIRST.plusDays(promoted + 1));
        assertThat(fixture.trends().where("kb_id = 'k2' AND change IS NULL").count())
                .isPositive();
    }

    @Test
    void nothingIsInspected() {
        assertThat(mistake("trends", "--warehouse", folder.resolve("empty").toString()))
                .contains("Run blemish inspect first");
        fixture();
        assertThat(mistake("trends", "--warehouse", shared.resolve("warehouse").toString()))
                .contains("nothing in it is inspected yet");
    }

    @Test
    void inputIsPinned() {
        TrendsFixture fixture = fill(fixture()).inspect();
        trends();
        Row run = fixture.warehouse()
                .read(RunsTable.DEFINITION)
                .where("state = 'finished'")
                .first();
        assertThat(run.<String>getAs("input_table")).isEqualTo(InspectionsTable.NAME);
        assertThat(run.<Long>getAs("input_version"))
                .isEqualTo(fixture.warehouse().version(InspectionsTable.DEFINITION));
    }
}

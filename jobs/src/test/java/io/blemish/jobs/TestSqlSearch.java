package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.udfs.SqlFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text search over a warehouse of generated photographs that the pocket CLIP has inspected. */
class TestSqlSearch extends CommandLineTest {
    private static final int PHOTOGRAPHS = 60;
    private static final int SHOWN = 4;
    private static final String SEARCH =
            "SELECT uri, clip_similarity(embedding, 'a fruit with blue mould') AS similarity"
                    + " FROM current_inspections ORDER BY similarity DESC LIMIT " + SHOWN;

    @TempDir
    private static Path shared;

    private static SparkSession extended;

    @BeforeAll
    static void inspect() {
        Path samples = shared.resolve("samples");
        String manifest = samples.resolve("manifest.csv").toString();
        succeed("samples", "--out", samples.toString(), "--count", Integer.toString(PHOTOGRAPHS), "--seed", "4");
        succeed("ingest", "--from", samples.toString(), "--manifest", manifest, "--warehouse", searched());
        succeed(
                "inspect",
                "--warehouse",
                searched(),
                "--clip",
                Home.resolve(Home.POCKET_CLIP).toString(),
                "--knowledge",
                Home.resolve("conf/knowledge/samples.yaml").toString(),
                "--set",
                "precision=fp32");
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        extended =
                SparkSession.builder().withExtensions(new BlemishExtensions()).getOrCreate();
        SparkSession.setDefaultSession(spark);
        SparkSession.setActiveSession(spark);
    }

    @AfterAll
    static void restore() {
        SparkSession.setActiveSession(spark);
    }

    private static String searched() {
        return shared.resolve("warehouse").toString();
    }

    private static Set<String> mouldy() throws IOException {
        try (Stream<String> truths = Files.lines(shared.resolve("samples/truths.csv"))) {
            return truths.filter(line -> line.contains(",label,blue mould,"))
                    .map(line -> line.substring(line.lastIndexOf('/', line.indexOf(',')) + 1, line.indexOf(',')))
                    .collect(Collectors.toSet());
        }
    }

    private static String name(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    /** One photograph in ten shows blue mould: nobody finds three of four by chance. */
    @Test
    void searchFindsWhatTheTextSays() throws IOException {
        Outcome outcome = succeed("sql", SEARCH, "--warehouse", searched(), "--format", "csv");
        List<String> found = outcome.out()
                .lines()
                .skip(1)
                .map(line -> name(line.split(",")[0]))
                .toList();
        assertThat(mouldy()).hasSizeBetween(SHOWN, PHOTOGRAPHS / 6);
        assertThat(found).hasSize(SHOWN);
        assertThat(found.stream().filter(mouldy()::contains)).hasSizeGreaterThanOrEqualTo(SHOWN - 1);
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void foreignClipIsRefused() {
        String tiny = InspectFixture.resource("config.json").getParent().toString();
        assertThat(mistake("sql", SEARCH, "--warehouse", searched(), "--clip", tiny))
                .contains(
                        "Cannot compare texts with the images",
                        "they were embedded by clip, not by " + tiny,
                        "--clip.");
        assertThat(mistake("sql", SEARCH, "--warehouse", searched(), "--set", SqlFunctions.CLIP + "=/nowhere"))
                .contains("/nowhere");
    }

    /** A session that only names the extensions knows the functions, and the names of the warehouse. */
    @Test
    void extensionsBringFunctionsAndNames() {
        SparkSession session = extended.newSession();
        session.conf().set(SqlFunctions.CLIP, Home.resolve(Home.POCKET_CLIP).toString());
        session.conf().set(WarehouseNames.WAREHOUSE, searched());
        List<Row> expected =
                Sql.over(spark, searched()).query(withoutFunctions()).collectAsList();
        assertThat(session.sql(withoutFunctions()).collectAsList()).isEqualTo(expected);
        assertThat(session.sql(SEARCH).collectAsList())
                .hasSize(SHOWN)
                .extracting(row -> row.getDouble(1))
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
        assertThat(session.sql("SELECT count(*) FROM images JOIN current_inspections USING (image_id)")
                        .first()
                        .getLong(0))
                .isEqualTo(PHOTOGRAPHS);
        assertThat(session.sessionState().catalog().getTempView("images").isEmpty())
                .as("nothing is left behind")
                .isTrue();
    }

    @Test
    void rowsThatComeLaterAreSeen() {
        SparkSession session = extended.newSession();
        session.conf().set(WarehouseNames.WAREHOUSE, searched());
        long before = session.sql("SELECT * FROM runs").count();
        succeed("ingest", "--from", shared.resolve("samples/photographs").toString(), "--warehouse", searched());
        assertThat(session.sql("SELECT * FROM runs").count()).isGreaterThan(before);
    }

    private static String withoutFunctions() {
        return "SELECT image_id, verdict FROM current_inspections ORDER BY image_id";
    }

    @Test
    void namesOfTheUserComeFirst() {
        SparkSession session = extended.newSession();
        session.conf().set(WarehouseNames.WAREHOUSE, searched());
        session.range(7).createOrReplaceTempView("images");
        assertThat(session.table("images").count()).isEqualTo(7);
        assertThatThrownBy(() -> session.sql("SELECT * FROM absent")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        session.conf().unset(WarehouseNames.WAREHOUSE);
        assertThatThrownBy(() -> session.sql("SELECT * FROM files")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }
}

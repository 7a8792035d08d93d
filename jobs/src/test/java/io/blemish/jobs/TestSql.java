package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.tables.FilesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.Warehouse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSql extends CommandLineTest {
    @TempDir
    private static Path shared;

    @BeforeAll
    static void fill() {
        for (int i = 0; i < 3; i++) {
            Pictures.jpeg(shared.resolve("photos").resolve("a\n" + i + ".jpg"), i);
        }
        succeed("ingest", "--from", shared.resolve("photos").toString(), "--warehouse", filled());
    }

    private static String filled() {
        return shared.resolve("warehouse").toString();
    }

    @Test
    void answersInTable() {
        Outcome outcome = succeed(
                "sql",
                "SELECT uri, content, length AS `the length` FROM files JOIN images USING (uri) ORDER BY uri",
                "--warehouse",
                filled());
        assertThat(outcome.out().lines()).hasSize(5);
        assertThat(outcome.out().lines().findFirst().orElseThrow()).matches("uri +content +the length");
        assertThat(outcome.out()).contains("a%0A0.jpg", " bytes");
    }

    @Test
    void controlCharactersAreShownAsEscapes() {
        Outcome outcome =
                succeed("sql", "SELECT concat('red ', char(27), '[31m', char(10)) AS text", "--warehouse", filled());
        assertThat(outcome.out()).contains("red \\u{1b}[31m\\u{a}");
    }

    @Test
    void answersInJson() {
        Outcome outcome = succeed("sql", "SELECT job, state FROM current_runs", "--warehouse", filled(), "--json");
        assertThat(outcome.out().strip()).isEqualTo("{\"job\":\"ingest\",\"state\":\"finished\"}");
    }

    @Test
    void limitIsTold() {
        Outcome outcome = succeed("sql", "SELECT uri FROM files", "--warehouse", filled(), "--limit", "2");
        assertThat(outcome.out().lines()).hasSize(4);
        assertThat(outcome.err()).contains("more rows than these 2");
    }

    @Test
    void namesAreListed() {
        Outcome outcome = succeed("sql", "SHOW TABLES", "--warehouse", filled());
        assertThat(outcome.out())
                .contains("files", "images", "runs", "current_runs")
                .doesNotContain("tiles");
        assertThat(succeed("sql", "DESCRIBE images", "--warehouse", filled()).out())
                .contains("SHA-256 of the bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM files",
                "DROP VIEW files",
                "CREATE TABLE x (a INT)",
                "WITH x AS (SELECT 1) INSERT INTO files SELECT * FROM x",
                "SET spark.sql.ansi.enabled=false",
                "SELECT TRANSFORM (uri) USING 'cat' FROM files",
                "BEGIN DROP VIEW files; END"
            })
    void nothingIsChanged(String statement) {
        long files = Warehouse.at(spark, filled()).version(FilesTable.DEFINITION);
        assertThat(mistake("sql", statement, "--warehouse", filled()))
                .contains("it would do more than read. Give a SELECT.");
        assertThat(Warehouse.at(spark, filled()).version(FilesTable.DEFINITION)).isEqualTo(files);
        assertThat(Warehouse.at(spark, filled()).read(ImagesTable.DEFINITION).count())
                .isEqualTo(3);
    }

    @Test
    void mistakesAreToldInOneLine() {
        assertThat(mistake("sql", "SELEC 1", "--warehouse", filled())).startsWith("Cannot run 'SELEC 1'");
        assertThat(mistake("sql", "SELECT nothing FROM files", "--warehouse", filled()))
                .contains("nothing");
        assertThat(mistake("sql", "SELECT * FROM absent", "--warehouse", filled()))
                .contains("absent");
        assertThat(mistake("sql", "SELECT length / 0 FROM files", "--warehouse", filled()))
                .contains("DIVIDE_BY_ZERO");
        assertThat(mistake(
                        "sql",
                        "SELECT 1",
                        "--warehouse",
                        folder.resolve("empty").toString()))
                .contains("it has no tables");
        assertThat(mistake(
                        "sql",
                        "SELECT 1",
                        "--warehouse",
                        shared.resolve("photos").toString()))
                .contains("it has no tables");
    }
}

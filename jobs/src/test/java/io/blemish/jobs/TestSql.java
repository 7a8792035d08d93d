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
        assertThat(outcome.out()).contains("a%0A0.jpg").containsPattern("‹JPEG, (\\d+ bytes|[\\d.]+ kB)›");
    }

    @Test
    void numbersEndWhereTheirColumnEnds() {
        Outcome outcome = succeed("sql", "SELECT 7 AS `a number`, 'text' AS t, 1234.5D AS d", "--warehouse", filled());
        assertThat(outcome.out().lines())
                .containsExactly("a number  t          d", "--------  ----  ------", "       7  text  1234.5");
    }

    @Test
    void recordsHaveALineForEachColumn() {
        Outcome outcome = succeed(
                "sql",
                "SELECT 1 AS a, 'x' AS long_name UNION ALL SELECT 2, NULL ORDER BY a",
                "--warehouse",
                filled(),
                "--format",
                "records");
        assertThat(outcome.out().lines())
                .containsExactly("-- 1 --", "a          1", "long_name  x", "-- 2 --", "a          2", "long_name");
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
    void exportsCommaSeparatedValues() {
        Path file = folder.resolve("new/answer.csv");
        Outcome outcome = succeed(
                "sql",
                "SELECT * FROM VALUES (1, '=1+1', array(0.5F, NULL), X'00', TIMESTAMP '2026-01-02 03:04:05', -1.25D),"
                        + " (2, NULL, NULL, NULL, NULL, NULL) AS t(id, `-x`, a, b, at, d) ORDER BY id",
                "--warehouse",
                filled(),
                "--out",
                file.toString());
        assertThat(outcome.out().strip()).isEqualTo("2 rows in " + file);
        assertThat(file).hasContent("id,'-x,a,b,at,d\n1,'=1+1,\"[0.5,null]\",AA==,2026-01-02 03:04:05,-1.25\n2,,,,,\n");
        assertThat(folder.resolve("new/answer.csv.unfinished")).doesNotExist();
        assertThat(mistake("sql", "SELECT 1", "--warehouse", filled(), "--out", file.toString()))
                .contains("it is there already", "--out");
    }

    @Test
    void exportsJsonLinesAndParquet() {
        Path file = folder.resolve("answer.jsonl");
        Path tables = folder.resolve("answer.parquet");
        succeed("sql", "SELECT uri FROM files", "--warehouse", filled(), "--out", file.toString(), "--limit", "2");
        Outcome parquet =
                succeed("sql", "SELECT uri, content FROM images", "--warehouse", filled(), "--out", tables.toString());
        assertThat(file).content().matches("(\\{\"uri\":\"[^\"]+\"}\\n){2}");
        assertThat(parquet.out().strip()).isEqualTo("3 rows in " + tables);
        assertThat(spark.read().parquet(tables.toString()).columns()).containsExactly("uri", "content");
        assertThat(succeed("sql", "SELECT 1 AS a, '-' AS b", "--warehouse", filled(), "--format", "csv")
                        .out())
                .isEqualTo("a,b\n1,'-\n".replace("\n", System.lineSeparator()));
    }

    /** A file that another program waits for must never be seen half written. */
    @Test
    void exportThatFailsLeavesNothing() {
        Path file = folder.resolve("answer.csv");
        assertThat(mistake(
                        "sql",
                        "SELECT 1 / (length - length) FROM files",
                        "--warehouse",
                        filled(),
                        "--out",
                        file.toString()))
                .contains("DIVIDE_BY_ZERO");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void formatsThatContradict() {
        assertThat(mistake("sql", "SELECT 1", "--warehouse", filled(), "--json", "--format", "csv"))
                .contains("--json and --format");
        assertThat(mistake("sql", "SELECT 1", "--warehouse", filled(), "--out", "x.csv", "--format", "table"))
                .contains("a table is for a terminal");
        assertThat(mistake("sql", "SELECT 1", "--warehouse", filled(), "--out", "x.xls"))
                .contains("its name does not say in which form");
        assertThat(mistake("sql", "SELECT 1", "--warehouse", filled(), "--format", "parquet"))
                .contains("Name a folder with --out");
        assertThat(mistake("sql", "SELECT 1 AS a, 2 AS a", "--warehouse", filled(), "--out", folder + "/x.parquet"))
                .contains("COLUMN_ALREADY_EXISTS");
    }

    @Test
    void functionsAreListed() {
        assertThat(succeed("sql", "SHOW USER FUNCTIONS", "--warehouse", filled())
                        .out())
                .contains("clip_similarity", "heatmap_tile");
        assertThat(succeed("sql", "DESCRIBE FUNCTION clip_similarity", "--warehouse", filled())
                        .out())
                .contains("How well an image fits a text");
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
        assertThat(mistake("sql", "SELECT 1 +", "--warehouse", filled())).contains("(line 1, pos 10)");
        assertThat(mistake("sql", "SELECT uri,\n nothing FROM files", "--warehouse", filled()))
                .contains("nothing", "line 2 pos 1");
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

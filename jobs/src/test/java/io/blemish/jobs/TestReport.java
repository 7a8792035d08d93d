package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.DefectTrendsTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a warehouse to a page. */
class TestReport extends SparkTest {
    private static final String HOSTILE = "<script>alert('Lyon & \"Porto\"')</script>";

    @TempDir
    private static Path shared;

    private static InspectFixture fixture;
    private static ReportResult drawn;
    private static Document page;

    /** Six photographs, one of them gone since, seen with two knowledge bases; tiles are drawn with the first. */
    @BeforeAll
    static void inspect() throws Exception {
        Path photograph = Files.write(shared.resolve("a.png"), ImageRows.png(5, 50, 50));
        String id = ImageRows.sha256(Files.readAllBytes(photograph));
        fixture = new InspectFixture(spark, shared.resolve("warehouse"))
                .set("tiles.size", "64")
                .set("report.gallery", "5")
                .part(1, 4)
                .rows(List.of(hostile(), ImageRows.row(id, photograph.toUri().toString(), 2, null)));
        fixture.inspect();
        draw(fixture);
        Path other = shared.resolve("other.yaml");
        Files.writeString(
                other, Files.readString(InspectFixture.resource("oranges.yaml")).replace("oranges", "pears"));
        fixture.knowledge(other).inspect();
        drawn = report(fixture, null, "oranges");
        page = page();
        Files.delete(photograph);
    }

    private static Path out() {
        return shared.resolve("report");
    }

    private static ReportResult report(InspectFixture fixture, String encoder, String knowledge) throws Exception {
        return report(fixture, encoder, knowledge, out());
    }

    private static ReportResult report(InspectFixture fixture, String encoder, String knowledge, Path out)
            throws Exception {
        JobContext context = fixture.context();
        List<ReportResult> results = new ArrayList<>();
        JobRun.execute(context, fixture.warehouse(), "report", "Reporting", run -> {
            ReportOptions options = ReportOptions.of(
                    context.configuration(), out, Optional.ofNullable(encoder), Optional.ofNullable(knowledge));
            ReportResult result = new Report(fixture.warehouse(), options, run).run();
            result.report(run);
            results.add(result);
            return result.summary(fixture.warehouse().toString());
        });
        return results.get(0);
    }

    private static Document page() throws IOException {
        return Jsoup.parse(Files.readString(out().resolve("index.html")));
    }

    /** A photograph whose every text is hostile. */
    private static Row hostile() {
        Row plain = ImageRows.row(1, ImageRows.png(77, 90, 60));
        Object[] values = new Object[plain.size()];
        for (int i = 0; i < values.length; i++) {
            String column = ImagesTable.DEFINITION.schema().apply(i).name();
            boolean stated = List.of("uri", "product", "site", "line", "lot").contains(column);
            values[i] = stated ? column + HOSTILE : plain.get(i);
        }
        return RowFactory.create(values);
    }

    @Test
    void pageTellsWhatIsInTheTables() throws IOException {
        assertThat(drawn.inspected()).isEqualTo(6);
        assertThat(drawn.shown()).isEqualTo(5);
        assertThat(page.select("#totals .figure").first().text()).isEqualTo("6");
        assertThat(page.select(".card")).hasSize(5);
        assertThat(page.select(".card img"))
                .hasSize(15)
                .allMatch(image -> image.attr("src").startsWith("data:image/jpeg;base64,/9j/"));
        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("#defects th .name").eachText()).contains("site" + HOSTILE, "product" + HOSTILE);
        assertThat(page.select(".facts").text()).contains("oranges").doesNotContain("pears");
        assertThat(out().toFile().list()).containsExactly("index.html");
    }

    @Test
    void photographsAreShownWithoutTilesToo() throws Exception {
        fixture.set("report.gallery", "6");

        ReportResult result = report(fixture, null, "pears");

        assertThat(result.bytes()).isEqualTo(Files.size(result.page()));
        Document pears = page();
        assertThat(pears.select(".card")).hasSize(6);
        assertThat(pears.select(".card img")).hasSize(5);
        assertThat(pears.select("#photographs .note").text()).contains("bin/blemish tiles --warehouse");
        assertThat(pears.select("#photographs").text()).contains("The photograph cannot be read any more.");
        assertThat(pears.select(".facts").text()).contains("pears").doesNotContain("oranges");
    }

    /** Twelve days of two series, one hostile and rising; pages of an earlier report go, files of others stay. */
    @Test
    void trendsGetPages(@TempDir Path folder) throws Exception {
        Row shown = fixture.warehouse()
                .read(InspectionsTable.DEFINITION)
                .where(col("kb_id").equalTo(kbId("oranges")))
                .orderBy(col("defective").desc(), col("verdict"))
                .first();
        String defect = Optional.ofNullable(shown.<String>getAs("defect")).orElse("none");
        List<Row> rows = new ArrayList<>();
        for (int day = 0; day < 12; day++) {
            rows.add(trend(shown, day, "site", "site" + HOSTILE, defect, "rising"));
            rows.add(trend(shown, day, "site", null, HOSTILE, "too_few"));
            rows.add(trend(shown, day, "all", "*", "*", "steady"));
        }
        rows.add(trend(shown, 2, "site", "over", defect, "rising"));
        fixture.warehouse().create(DefectTrendsTable.DEFINITION);
        fixture.warehouse()
                .append(
                        DefectTrendsTable.DEFINITION,
                        spark.createDataFrame(rows, DefectTrendsTable.DEFINITION.schema()),
                        "run");
        Path defects = Files.createDirectories(folder.resolve("defects"));
        Files.writeString(defects.resolve("gone.html"), "<meta name=\"generator\" content=\"Blemish\"/>");
        Files.writeString(defects.resolve("mine.html"), "mine");

        ReportResult result = report(fixture, null, "oranges", folder);

        assertThat(result.pages()).isEqualTo(4);
        assertThat(result.rising()).isEqualTo(1);
        assertThat(defects.toFile().list())
                .hasSize(4)
                .contains("any-defect.html", "script-alert-lyon-porto-script.html", "mine.html");
        Document index = Jsoup.parse(Files.readString(result.page()));
        assertThat(index.select("script")).isEmpty();
        assertThat(index.select("#trends figure h3").eachText())
                .hasSize(2)
                .anyMatch(title -> title.endsWith("site" + HOSTILE))
                .anyMatch(title -> title.contains(HOSTILE) && title.endsWith("site not stated"));
        assertThat(index.select("#provenance").text()).contains("defect_trends");
        Document any = Jsoup.parse(Files.readString(defects.resolve("any-defect.html")));
        long defective = fixture.warehouse()
                .read(InspectionsTable.DEFINITION)
                .where(col("kb_id").equalTo(kbId("oranges")))
                .where("defective AND verdict <> 'review'")
                .count();
        assertThat(any.select(".card")).hasSize((int) Math.min(6, defective));
        assertThat(any.select("table.days tbody tr")).hasSize(12);
    }

    private static String kbId(String name) {
        return fixture.warehouse().only(KnowledgeBasesTable.DEFINITION, "name", name, "kb_id");
    }

    private static Row trend(Row shown, int day, String grain, String site, String defect, String signal) {
        Map<String, Object> values = new HashMap<>();
        List.of("product", "line", "lot").forEach(column -> values.put(column, "*"));
        values.put("site", site);
        values.put("grain", grain);
        values.put("day", LocalDate.parse("2026-03-01").plusDays(day));
        values.put("defect", defect);
        values.put("signal", signal);
        values.put("encoder_id", shown.getAs("encoder_id"));
        values.put("kb_id", shown.getAs("kb_id"));
        values.put("run_id", "run");
        List.of("inspected", "baseline_inspected", "recent_inspected").forEach(column -> values.put(column, 50L));
        List.of("abstained", "defective", "count", "baseline_count", "recent_count")
                .forEach(column -> values.put(column, 3L));
        return TableRows.row(DefectTrendsTable.DEFINITION, values);
    }

    @Test
    void nothingIsInspectedYet(@TempDir Path folder) {
        InspectFixture empty = new InspectFixture(spark, folder.resolve("warehouse"));

        assertThatThrownBy(() -> report(empty, null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Run blemish inspect first");
    }

    @Test
    void oneOfSeveralIsNamed() {
        assertThatThrownBy(() -> report(fixture, null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("oranges")
                .hasMessageContaining("pears")
                .hasMessageContaining("--knowledge");
        assertThatThrownBy(() -> report(fixture, null, "plums"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("pears");
    }

    private static void draw(InspectFixture fixture) throws Exception {
        JobContext context = fixture.context();
        TilesOptions options = TilesOptions.of(
                context.configuration(), TilesOptions.Which.ALL, Optional.empty(), Claim.TakeOver.ALWAYS);
        TilesCommand.draw(context, fixture.warehouse(), options);
    }
}

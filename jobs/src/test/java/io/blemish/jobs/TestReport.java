package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.ImagesTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a warehouse to a page. */
class TestReport extends SparkTest {
    private static final String HOSTILE = "<script>alert('Lyon & \"Porto\"')</script>";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("report");
    }

    private ReportResult report(InspectFixture fixture, String encoder, String knowledge) throws Exception {
        JobContext context = fixture.context();
        List<ReportResult> results = new ArrayList<>();
        JobRun.execute(context, fixture.warehouse(), "report", "Reporting", run -> {
            ReportOptions options = ReportOptions.of(
                    context.configuration(), out(), Optional.ofNullable(encoder), Optional.ofNullable(knowledge));
            ReportResult result = new Report(fixture.warehouse(), options, run).run();
            result.report(run);
            results.add(result);
            return result.summary(fixture.warehouse().toString());
        });
        return results.get(0);
    }

    private Document page() throws IOException {
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
    void pageTellsWhatIsInTheTables() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"))
                .set("tiles.size", "64")
                .set("report.gallery", "5")
                .part(1, 5)
                .rows(List.of(hostile()));
        fixture.inspect();
        draw(fixture);

        ReportResult result = report(fixture, null, null);

        assertThat(result.inspected()).isEqualTo(6);
        assertThat(result.shown()).isEqualTo(5);
        assertThat(result.bytes()).isEqualTo(Files.size(result.page()));
        Document page = page();
        assertThat(page.select("#totals .figure").first().text()).isEqualTo("6");
        assertThat(page.select(".card")).hasSize(5);
        assertThat(page.select(".card img"))
                .hasSize(15)
                .allMatch(image -> image.attr("src").startsWith("data:image/jpeg;base64,/9j/"));
        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("#defects th .name").eachText()).contains("site" + HOSTILE, "product" + HOSTILE);
        assertThat(out().toFile().list()).containsExactly("index.html");
    }

    @Test
    void photographsAreShownWithoutTilesToo() throws Exception {
        Path photograph = Files.write(folder.resolve("a.png"), ImageRows.png(5, 50, 50));
        String id = ImageRows.sha256(Files.readAllBytes(photograph));
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"))
                .part(1, 1)
                .rows(List.of(ImageRows.row(id, photograph.toUri().toString(), 2, null)));
        fixture.inspect();
        Files.delete(photograph);

        report(fixture, null, null);

        Document page = page();
        assertThat(page.select(".card")).hasSize(2);
        assertThat(page.select(".card img")).hasSize(1);
        assertThat(page.select("#photographs .note").text()).contains("bin/blemish tiles --warehouse");
        assertThat(page.select("#photographs").text()).contains("The photograph cannot be read any more.");
    }

    @Test
    void nothingIsInspectedYet() {
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse"));

        assertThatThrownBy(() -> report(fixture, null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Run blemish inspect first");
    }

    @Test
    void oneOfSeveralIsNamed() throws Exception {
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other, Files.readString(InspectFixture.resource("oranges.yaml")).replace("oranges", "pears"));
        InspectFixture fixture = new InspectFixture(spark, folder.resolve("warehouse")).part(1, 1);
        fixture.inspect();
        fixture.knowledge(other).inspect();

        assertThatThrownBy(() -> report(fixture, null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("oranges")
                .hasMessageContaining("pears")
                .hasMessageContaining("--knowledge");
        assertThatThrownBy(() -> report(fixture, null, "plums"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("pears");
        report(fixture, null, "pears");
        assertThat(page().select(".facts").text()).contains("pears").doesNotContain("oranges");
    }

    private static void draw(InspectFixture fixture) throws Exception {
        JobContext context = fixture.context();
        TilesOptions options = TilesOptions.of(
                context.configuration(), TilesOptions.Which.ALL, Optional.empty(), Claim.TakeOver.ALWAYS);
        TilesCommand.draw(context, fixture.warehouse(), options);
    }
}

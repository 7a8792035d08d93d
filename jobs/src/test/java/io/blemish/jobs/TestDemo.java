package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class TestDemo extends CommandLineTest {
    private String[] demo(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "demo",
                "--out",
                folder.resolve("demo").toString(),
                "--clip",
                InspectFixture.resource("config.json").getParent().toString(),
                "--set",
                "precision=fp32",
                "--set",
                "tiles.size=64"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void everythingOnceAndNothingTwice() throws IOException {
        Outcome first = succeed(demo("--count", "3"));

        Path page = folder.resolve("demo/report/index.html");
        String last = first.out().lines().reduce((before, line) -> line).orElseThrow();
        assertThat(last).contains(page.toUri().toString(), "bin/blemish ingest --from", "&& bin/blemish inspect");
        Document report = Jsoup.parse(Files.readString(page));
        assertThat(report.select(".card")).hasSize(3);
        assertThat(report.select(".card img")).hasSize(9);
        assertThat(report.select("#evaluation .tiles .figure")).hasSizeGreaterThan(2);
        assertThat(report.select("#evaluation").text()).contains("relevance", "Grad-CAM");
        assertThat(report.select(".card .truth")).hasSize(3);
        Warehouse warehouse =
                Warehouse.at(spark, folder.resolve("demo/warehouse").toString());
        assertThat(warehouse.read(ImagesTable.DEFINITION).count()).isEqualTo(3);
        long inspections = warehouse.version(InspectionsTable.DEFINITION);

        Outcome second = succeed(demo("--count", "3", "--json"));

        assertThat(second.out().lines()).hasSize(1);
        assertThat(counted(second, "shown")).isEqualTo(3);
        assertThat(warehouse.read(InspectionsTable.DEFINITION).count()).isEqualTo(3);
        assertThat(warehouse.version(InspectionsTable.DEFINITION)).isGreaterThanOrEqualTo(inspections);
        assertThat(warehouse
                        .read(RunsTable.DEFINITION)
                        .where("state = 'failed'")
                        .count())
                .isZero();
        assertThat(mistake(demo("--count", "4")))
                .contains("4 photographs of seed 7", "3 photographs of seed 7", "--out");
    }

    @Test
    void unfinishedPhotographsAreDrawnAnew() throws IOException {
        Path unfinished = folder.resolve("demo/samples.unfinished/photographs");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("000000.jpg"), "half a photo");

        DemoOptions options = new DemoOptions(folder.resolve("demo"), 2, 7, folder, folder, Optional.empty());
        new DemoSamples(options)
                .draw(new InspectFixture(spark, folder.resolve("w")).context().terminal());

        assertThat(folder.resolve("demo/samples/photographs")).isDirectoryContaining("glob:**000001.jpg");
        assertThat(folder.resolve("demo/samples.unfinished")).doesNotExist();
    }

    @Test
    void whatComesWithBlemishIsFound() {
        assertThat(Home.resolve("conf/knowledge/samples.yaml")).exists();
        assertThatThrownBy(() -> Home.resolve("conf/nothing.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("conf/nothing.yaml");
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.clip.Clip;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.RunsTable;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestAdaptClip extends CommandLineTest {
    private static final int PICTURES = 24;

    private Path config;
    private Path out;

    @BeforeEach
    void writeConfig() throws IOException {
        String tower = "\"hidden_size\": 16, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,"
                + " \"intermediate_size\": 32, \"hidden_act\": \"gelu\"";
        config = Files.createDirectories(folder.resolve("config"));
        out = folder.resolve("trained");
        Files.writeString(
                config.resolve("config.json"),
                "{\"model_type\": \"clip\", \"projection_dim\": 8, \"text_config\": {" + tower
                        + ", \"vocab_size\": 540, \"max_position_embeddings\": 16}, \"vision_config\": {" + tower
                        + ", \"image_size\": 16, \"patch_size\": 8}}");
    }

    @Test
    void trainsOnAManifestAndInspectOpensTheResult() throws IOException {
        Path manifest = manifest();
        Files.writeString(photos().resolve("broken.jpg"), "no picture");
        Files.writeString(manifest, Files.readString(manifest) + "broken.jpg,what is this\n");

        Outcome outcome = succeed(command("--manifest", manifest.toString(), "--json"));

        JsonNode told = new ObjectMapper().readTree(outcome.out());
        assertThat(told.get("trained").asInt() + told.get("validated").asInt()).isEqualTo(PICTURES);
        assertThat(told.get("rejected").asInt()).isEqualTo(1);
        assertThat(outcome.err()).contains("broken.jpg");
        assertThat(Files.readString(out.resolve("README.md")))
                .contains("# trained", "bin/blemish adapt-clip --config", "random weights on the manifest pairs.csv");
        JsonNode metrics = new ObjectMapper().readTree(Files.readString(out.resolve("metrics.json")));
        assertThat(metrics.get("epochs")).hasSize(2);
        assertThat(metrics.get("best").get("validation").get("loss").asDouble())
                .isEqualTo(told.get("validation_loss").asDouble());
        assertThat(out.resolve("loss-curve.png")).isNotEmptyFile();
        assertThat(out.resolve(".training")).doesNotExist();
        try (Clip clip = Clip.open(out)) {
            assertThat(clip.describe(List.of(List.of("a seed of 3"))))
                    .satisfies(rows -> assertThat(rows[0]).hasSize(8));
        }
    }

    @Test
    void adaptsItsOwnResultOnAWarehouse() throws IOException {
        Path manifest = manifest();
        succeed(command("--manifest", manifest.toString(), "--half"));
        succeed("ingest", "--from", photos().toString(), "--warehouse", warehouse(), "--include", "jpg");
        stateCaptions();

        Path adapted = folder.resolve("adapted");
        Outcome outcome = succeed(
                "adapt-clip",
                "--clip",
                out.toString(),
                "--warehouse",
                warehouse(),
                "--out",
                adapted.toString(),
                "--epochs",
                "1",
                "--batch",
                "6",
                "--validation",
                "0.3",
                "--json");

        assertThat(counted(outcome, "trained") + counted(outcome, "validated")).isEqualTo(PICTURES);
        assertThat(rows(RunsTable.DEFINITION)
                        .where("job = 'adapt-clip' AND state = 'finished'")
                        .count())
                .isEqualTo(1);
        assertThat(Files.readString(adapted.resolve("README.md"))).contains("from the checkpoint trained");
        assertThat(adapted.resolve("vocab.json")).hasSameTextualContentAs(out.resolve("vocab.json"));
        // The finished model is not overwritten.
        assertThat(mistake(command("--manifest", manifest.toString()))).contains("it holds one already");
    }

    @Test
    void mistakes() throws IOException {
        Path manifest = manifest();
        assertThat(mistake(command("--manifest", folder.resolve("absent.csv").toString())))
                .contains("there is no such file");
        Files.writeString(manifest, "image,text\na.jpg,a\n");
        assertThat(mistake(command("--manifest", manifest.toString()))).contains("its columns are image, text");
        Files.writeString(manifest, "image,caption\n0.jpg,\n");
        assertThat(mistake(command("--manifest", manifest.toString()))).contains("lacks the image or the caption");
        Files.writeString(manifest, "image,caption\n0.jpg,one\n");
        assertThat(mistake(command("--manifest", manifest.toString()))).contains("1 usable images leave");
        assertThat(mistake("adapt-clip", "--config", config.toString(), "--out", out.toString()))
                .contains("--manifest");
        assertThat(mistake(command("--manifest", manifest.toString(), "--patience", "0")))
                .contains("patience and threads start at 1", "blemish adapt-clip --help");
        assertThat(mistake(
                        "adapt-clip",
                        "--config",
                        config.toString(),
                        "--out",
                        out.toString(),
                        "--warehouse",
                        warehouse()))
                .contains("it has no table images");
    }

    private String[] command(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "adapt-clip",
                "--config",
                config.toString(),
                "--out",
                out.toString(),
                "--epochs",
                "2",
                "--batch",
                "6",
                "--validation",
                "0.3"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Path manifest() throws IOException {
        StringBuilder rows = new StringBuilder("image,caption\n");
        for (int i = 0; i < PICTURES; i++) {
            Pictures.jpeg(photos().resolve(i + ".jpg"), i);
            rows.append(i).append(".jpg,a seed of ").append(i % 4).append('\n');
        }
        return Files.writeString(photos().resolve("pairs.csv"), rows);
    }

    /** Of each image two sources say something; the first has thought better of it since. */
    private void stateCaptions() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(TruthsTable.DEFINITION);
        List<Row> truths = new ArrayList<>();
        for (Row image : rows(ImagesTable.DEFINITION).select("image_id").collectAsList()) {
            String id = image.getString(0);
            truths.add(truth(id, "caption", "anna", "2026-01-01T00:00:00Z", "an apple"));
            truths.add(truth(id, "caption", "anna", "2026-01-02T00:00:00Z", "a seed"));
            truths.add(truth(id, "caption", "otto", "2026-01-01T00:00:00Z", "a kernel"));
            truths.add(truth(id, "label", "otto", "2026-01-01T00:00:00Z", "sound"));
        }
        warehouse.append(
                TruthsTable.DEFINITION, spark.createDataFrame(truths, TruthsTable.DEFINITION.schema()), "truths");
        List<Row> said = CaptionSource.warehouse(warehouse, TimeWindow.always())
                .select("captions")
                .distinct()
                .collectAsList();
        assertThat(said).hasSize(1);
        assertThat(said.get(0).<String>getList(0)).containsExactly("a kernel", "a seed");
    }

    private static Row truth(String image, String kind, String source, String statedAt, String value) {
        String statement = source + " at " + statedAt;
        return RowFactory.create(
                image, kind, source, Instant.parse(statedAt), null, statement, "import", value, null, null);
    }
}

package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestAdaptLm extends CommandLineTest {
    private static final String CONFIG = """
            {"model_type": "opt", "hidden_size": 16, "word_embed_proj_dim": 16, "num_hidden_layers": 2,
             "num_attention_heads": 2, "ffn_dim": 32, "vocab_size": 280, "max_position_embeddings": 48}
            """;

    private final List<String> captions = new ArrayList<>();

    @BeforeEach
    void writeTexts() throws IOException {
        for (String fruit : List.of("apple", "orange", "pear", "lemon", "peach")) {
            for (String state : List.of("green mould", "soft rot", "a bruise", "no blemish", "dark spots")) {
                captions.add("an " + fruit + " with " + state);
                captions.add("this " + fruit + " has " + state + ", has it?");
            }
        }
        Files.writeString(path("config.json"), CONFIG);
        Files.writeString(path("captions.txt"), String.join("\n\n", captions) + "\n");
    }

    @Test
    void trainsFromRandomWeightsAndGoesOnFromThere() throws IOException {
        Outcome outcome = succeed(train("first", "--text", "captions.txt", "--config", "config.json", "--half"));

        assertThat(outcome.out()).contains("Trained a language model into " + path("first"), "perplexity");
        assertThat(outcome.err()).contains("epoch 2: loss", "; it says: ");
        try (var files = Files.list(path("first"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md",
                            "config.json",
                            "generation_config.json",
                            "loss-curve.png",
                            "merges.txt",
                            "metrics.json",
                            "model.safetensors",
                            "special_tokens_map.json",
                            "tokenizer.json",
                            "tokenizer_config.json",
                            "vocab.json");
        }
        assertThat(Files.readString(path("first").resolve("README.md")))
                .contains("bin/blemish adapt-lm --text", "--half", "a perplexity of ", "the texts of captions.txt");
        JsonNode metrics = json(path("first").resolve("metrics.json"));
        assertThat(metrics.get("epochs")).hasSize(2);
        JsonNode numbers = metrics.get("numbers");
        assertThat(numbers.get("trainingTexts").asInt()
                        + numbers.get("validationTexts").asInt())
                .isEqualTo(captions.size());
        assertThat(metrics.get("validation_perplexity").asDouble()).isBetween(1.0, 280.0);
        try (Opt opt = Opt.open(path("first"));
                OptTokenizer tokenizer = opt.tokenizer()) {
            assertThat(opt.config().vocabulary()).isEqualTo(280);
            assertThat(opt.logits(tokenizer.encode(captions.get(0)))).isNotEmpty();
        }

        assertThat(mistake(train("first", "--text", "captions.txt", "--config", "config.json")))
                .contains("it holds one already. Name another folder with --out.");
        succeed(train("second", "--text", "captions.txt", "--lm", path("first").toString(), "--train-blocks", "1"));
        StateDict before = StateDict.read(path("first").resolve("model.safetensors"));
        StateDict after = StateDict.read(path("second").resolve("model.safetensors"));
        for (Tensor tensor : before) {
            boolean trained =
                    tensor.name().contains(".layers.1.") || tensor.name().contains("decoder.final_layer_norm");
            assertThat(Arrays.equals(after.tensor(tensor.name()).toFloats(), tensor.toFloats()))
                    .as(tensor.name())
                    .isEqualTo(!trained);
        }
        assertThat(Files.readString(path("second").resolve("tokenizer.json")))
                .isEqualTo(Files.readString(path("first").resolve("tokenizer.json")));
    }

    @Test
    void readsAColumnOfATable() throws IOException {
        List<String> rows = new ArrayList<>(List.of("image,caption"));
        captions.forEach(caption -> rows.add("a.jpg,\"" + caption + "\""));
        rows.add("b.jpg,");
        rows.add("c.jpg,\"it says \"\"sound\"\",\nin two lines\"");
        Files.write(path("captions.csv"), rows);

        assertThat(TextSource.column(spark, path("captions.csv"), "caption"))
                .startsWith(captions.get(0), captions.get(1))
                .endsWith("it says \"sound\",\nin two lines")
                .hasSize(captions.size() + 1);
        assertThat(TextSource.lines(path("captions.txt"))).isEqualTo(captions);
        assertThat(mistake(train("out", "--text", "captions.csv", "--column", "text", "--config", "config.json")))
                .contains("it has no column text but image, caption");
    }

    @Test
    void trainsOnTheCaptionsOfAWarehouse() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(TruthsTable.DEFINITION);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            rows.add(truth("image " + i, TruthsTable.CAPTION, captions.get(i), 2));
            rows.add(truth("image " + i, TruthsTable.CAPTION, "what was said before", 1));
            rows.add(truth("image " + i, TruthsTable.LABEL, "sound", 3));
        }
        warehouse.append(TruthsTable.DEFINITION, spark.createDataFrame(rows, TruthsTable.DEFINITION.schema()), "run");

        assertThat(TextSource.captions(warehouse, TimeWindow.always())).containsExactlyInAnyOrderElementsOf(captions);
        Outcome outcome = succeed(train("out", "--warehouse", warehouse(), "--config", "config.json", "--json"));
        assertThat(counted(outcome, "trained") + counted(outcome, "validated")).isEqualTo(captions.size());
    }

    @Test
    void mistakes() throws IOException {
        assertThat(mistake(train("out", "--text", "absent.txt", "--config", "config.json")))
                .contains("Cannot read the texts of", "there is no such file");
        Files.write(path("latin.txt"), new byte[] {'a', (byte) 0xe9, '\n'});
        assertThat(mistake(train("out", "--text", "latin.txt", "--config", "config.json")))
                .contains("it is not UTF-8");
        Files.writeString(path("empty.txt"), "\n \n");
        assertThat(mistake(train("out", "--text", "empty.txt", "--config", "config.json")))
                .contains("it holds no text");
        Files.writeString(path("one.txt"), "a sound apple\na sound apple\n");
        assertThat(mistake(train("out", "--text", "one.txt", "--config", "config.json")))
                .contains("to validate with. Give more different texts, or another --validation.");
        Files.writeString(path("small.json"), CONFIG.replace("280", "200"));
        assertThat(mistake(train("out", "--text", "captions.txt", "--config", "small.json")))
                .contains("its vocab_size is 200. Allow at least 260 tokens");
        assertThat(mistake(train("out", "--text", "captions.txt", "--lm", folder.toString())))
                .contains("it has no weights");
        assertThat(mistake(train("out", "--warehouse", warehouse(), "--config", "config.json")))
                .contains("it has no table truths. Import captions with blemish truth import first.");
        assertThat(mistake(train("out", "--text", "captions.txt", "--config", "config.json", "--validation", "1")))
                .contains("validation share");
        assertThat(mistake("adapt-lm", "--out", "x", "--text", "y")).contains("--config", "--lm");
        assertThat(mistake("adapt-lm", "--out", "x", "--lm", "y")).contains("--text", "--warehouse");
    }

    private String[] train(String out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("adapt-lm"));
        for (String argument : arguments) {
            all.add(argument.matches("[a-z]+\\.(txt|csv|json)") ? path(argument).toString() : argument);
        }
        all.addAll(List.of("--out", path(out).toString(), "--epochs", "2", "--batch", "8", "--threads", "1"));
        return all.toArray(String[]::new);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** A row of {@code truths}, its columns by name. */
    private static Row truth(String image, String kind, String value, int day) {
        Object[] cells = Arrays.stream(TruthsTable.DEFINITION.schema().fieldNames())
                .map(column -> switch (column) {
                    case "image_id" -> image;
                    case "kind" -> kind;
                    case "value" -> value;
                    case "stated_at" -> Timestamp.from(Instant.parse("2026-01-0" + day + "T00:00:00Z"));
                    case "source", "run_id" -> "people";
                    case "statement_id" -> "statement " + value;
                    default -> null;
                })
                .toArray();
        return RowFactory.create(cells);
    }
}

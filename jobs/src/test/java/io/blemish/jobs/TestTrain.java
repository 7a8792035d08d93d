package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.caption.Captioner;
import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperBundle;
import io.blemish.caption.MapperKind;
import io.blemish.caption.PrefixMapper;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.OptVocabularyTrainer;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.lm.LmCheckpoint;
import io.blemish.lm.NormPlace;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import io.blemish.tables.FilesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.TruthsTable;
import io.blemish.tables.Warehouse;
import io.blemish.train.CaptionedImage;
import io.blemish.train.LmFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestTrain extends CommandLineTest {
    private static final int IMAGES = 40;
    private static final int EMBEDDING = 40;
    private static final int WIDTH = 16;
    private static final String[] DEFECTS = {"green mould", "soft rot", "a bruise", "no blemish"};

    private String encoderId;

    /** A warehouse that was inspected with the tiny CLIP, and a language model that has learned nothing. */
    @BeforeEach
    void fillWarehouse() throws IOException {
        try (Clip clip = Clip.open(clip())) {
            encoderId = clip.fingerprint(Precision.BF16, Orientation.APPLY, DecodeMode.EXACT);
        }
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(InspectionsTable.DEFINITION, TruthsTable.DEFINITION, FilesTable.DEFINITION);
        List<Row> inspections = new ArrayList<>();
        List<Row> truths = new ArrayList<>();
        List<Row> files = new ArrayList<>();
        List<String> list = new ArrayList<>(List.of("image,caption"));
        for (int i = 0; i < IMAGES; i++) {
            inspections.add(inspection(i, encoderId, 2, "A fruit with " + DEFECTS[i % 4] + "."));
            inspections.add(inspection(i, encoderId, 1, "An older summary."));
            inspections.add(inspection(i, "another encoder", 3, "What another encoder saw."));
            truths.add(truth(i, "an orange with " + DEFECTS[i % 4]));
            files.add(file(i));
            list.add("photos/" + i + ".png,\"this fruit has " + DEFECTS[i % 4] + "\"");
        }
        list.add("photos/absent.png,\"a caption of nothing\"");
        list.add("\"" + imageId(3) + "\",\"  said by identifier \"");
        append(warehouse, InspectionsTable.DEFINITION, inspections);
        append(warehouse, TruthsTable.DEFINITION, truths);
        append(warehouse, FilesTable.DEFINITION, files);
        Files.write(folder.resolve("captions.csv"), list);
        writeLm(folder.resolve("lm"), 1);
    }

    @Test
    void trainsABundleThatCaptionsWithItsOwnModelsAlone() throws IOException {
        Outcome outcome = succeed(train("mapper", "--captions", "truths", "--half", "--prompt", "Say:"));

        assertThat(outcome.out())
                .contains("Trained a mapper into " + folder.resolve("mapper"), "validation loss", "next token right");
        assertThat(outcome.err()).contains("epoch 2: loss", "different captions for", "(given: an orange with");
        try (var files = Files.list(folder.resolve("mapper"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md", "config.json", "loss-curve.png", "metrics.json", "model.safetensors");
        }
        assertThat(Files.readString(folder.resolve("mapper/README.md")))
                .contains("bin/blemish train", "the captions in its table truths", "the prompt `Say:`");
        JsonNode metrics = new ObjectMapper()
                .readTree(folder.resolve("mapper/metrics.json").toFile());
        assertThat(metrics.get("epochs")).hasSize(2);
        assertThat(metrics.get("numbers").get("trainingImages").asInt()
                        + metrics.get("numbers").get("validationImages").asInt())
                .isEqualTo(IMAGES);

        MapperBundle bundle = MapperBundle.open(folder.resolve("mapper"));
        assertThat(bundle.config().kind()).isEqualTo(MapperKind.MLP);
        assertThat(bundle.config().scale()).isEqualTo(EmbeddingScale.RAW);
        assertThat(bundle.prompt()).isEqualTo("Say:");
        LmCheckpoint lm = CausalLms.checkpoint(folder.resolve("lm"));
        try (Clip clip = Clip.open(clip());
                PrefixMapper mapper = PrefixMapper.of(bundle.weights(), Precision.FP32);
                CausalLm loaded = CausalLms.load(lm, Precision.FP32, "cpu")) {
            bundle.check(clip.fingerprint(), EMBEDDING, lm);
            Captioner captioner = new Captioner(mapper, loaded, bundle.prompt());
            Decoding few = bundle.decoding().withTokens(1, 6).withBest(3);
            assertThat(captioner.caption(new float[][] {embedding(1), embedding(2)}, few))
                    .hasSize(2)
                    .allSatisfy(captions -> assertThat(captions).hasSize(3));
            assertThatThrownBy(() -> bundle.check("0".repeat(64), EMBEDDING, lm))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it was trained for another CLIP")
                    .hasMessageContaining("--clip");
            writeLm(folder.resolve("other"), 2);
            assertThatThrownBy(() ->
                            bundle.check(clip.fingerprint(), EMBEDDING, CausalLms.checkpoint(folder.resolve("other"))))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it was trained for another language model")
                    .hasMessageContaining("--lm");
        }
        assertThat(mistake(train("mapper", "--captions", "truths")))
                .contains("it holds one already. Name another folder with --out.");
    }

    @Test
    void takesTheCaptionsThatAreNamed() {
        Warehouse warehouse = Warehouse.at(spark, warehouse());
        List<CaptionedImage> summaries = captioned(warehouse, "summaries");
        assertThat(summaries).hasSize(IMAGES);
        assertThat(summaries)
                .allSatisfy(image ->
                        assertThat(image.captions()).singleElement().asString().startsWith("A fruit with"));
        assertThat(summaries.get(0).embedding()).hasSize(EMBEDDING);
        assertThat(captioned(warehouse, "truths"))
                .hasSize(IMAGES)
                .allSatisfy(image ->
                        assertThat(image.captions()).singleElement().asString().startsWith("an orange"));
        List<CaptionedImage> file =
                captioned(warehouse, folder.resolve("captions.csv").toString());
        assertThat(file).hasSize(IMAGES);
        assertThat(file)
                .filteredOn(image -> image.imageId().equals(imageId(3)))
                .singleElement()
                .satisfies(image -> assertThat(image.captions())
                        .containsExactly("said by identifier", "this fruit has no blemish"));
    }

    /** The tuned language model lies beside the mapper, which serves that one alone. */
    @Test
    void writesATunedLanguageModelBesideItsMapper() {
        succeed(train(
                "mapper", "--tune-lm", "--mapper", "transformer", "--layers", "1", "--heads", "4", "--normalise"));

        MapperBundle bundle = MapperBundle.open(folder.resolve("mapper"));
        LmCheckpoint tuned = CausalLms.checkpoint(folder.resolve("mapper/lm"));
        LmCheckpoint given = CausalLms.checkpoint(folder.resolve("lm"));
        assertThat(bundle.config().layers()).isEqualTo(1);
        assertThat(bundle.config().heads()).isEqualTo(4);
        assertThat(bundle.config().scale()).isEqualTo(EmbeddingScale.UNIT);
        assertThat(bundle.settings().languageModel())
                .contains(tuned.fingerprint(Precision.FP32))
                .isNotEqualTo(Optional.of(given.fingerprint(Precision.FP32)));
    }

    @Test
    void mistakes() throws IOException {
        assertThat(mistake(train("out", "--mapper", "bert")))
                .contains("Name one of linear, mlp, transformer, clipcap-xai");
        assertThat(mistake(train("out", "--mapper", "transformer", "--heads", "3")))
                .contains("Choose other --heads");
        assertThat(mistake(train("out", "--captions", folder.resolve("none.csv").toString())))
                .contains("there is no such file");
        assertThat(mistake(train("out", "--prefix-length", "31"))).contains("leave no room for a caption");
        assertThat(mistake(train("out", "--set", "train.epochs=0"))).contains("train.epochs");
        Path other = Files.createDirectories(folder.resolve("other-warehouse"));
        Warehouse empty = Warehouse.at(spark, other.toString());
        empty.create(InspectionsTable.DEFINITION);
        append(empty, InspectionsTable.DEFINITION, List.of(inspection(1, "another encoder", 1, "A fruit.")));
        String[] command = train("out");
        command[2] = other.toString();
        assertThat(mistake(command)).contains("it has none of this CLIP");
    }

    private List<CaptionedImage> captioned(Warehouse warehouse, String choice) {
        return EmbeddingSource.collect(
                EmbeddingSource.captioned(warehouse, encoderId, CaptionChoice.parse(choice), TimeWindow.always()));
    }

    private String[] train(String out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("train", "--warehouse", warehouse()));
        all.addAll(List.of(
                "--clip", clip().toString(), "--lm", folder.resolve("lm").toString()));
        all.addAll(List.of("--out", folder.resolve(out).toString(), "--epochs", "2", "--batch", "8"));
        all.addAll(List.of("--validation", "0.2", "--threads", "1"));
        if (!List.of(arguments).contains("--prefix-length")) {
            all.addAll(List.of("--prefix-length", "2"));
        }
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private static Path clip() {
        return InspectFixture.resource("config.json").getParent();
    }

    private static void writeLm(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        List<String> texts =
                Arrays.stream(DEFECTS).map(defect -> "an orange with " + defect).toList();
        int vocabulary = OptVocabularyTrainer.write(folder, OptVocabularyTrainer.learn(texts, 300), 32);
        OptConfig config =
                new OptConfig(WIDTH, 1, 2, 32, NormPlace.BEFORE, WIDTH, vocabulary, 32, OptConfig.SpecialTokens.OF_OPT);
        new LmFolder(folder).writeModel(config, OptWeights.random(config, seed), DType.F32);
    }

    private static void append(Warehouse warehouse, TableDefinition table, List<Row> rows) {
        warehouse.append(table, spark.createDataFrame(rows, table.schema()), "run");
    }

    private static String imageId(int image) {
        return String.format("%064x", image + 1);
    }

    private static float[] embedding(int image) {
        float[] embedding = new float[EMBEDDING];
        embedding[image % 4] = 2;
        embedding[4 + image] = 0.5f * ((image % 3) - 1);
        return Arrays.copyOf(embedding, EMBEDDING);
    }

    private Row inspection(int image, String encoder, int day, String summary) {
        List<Float> numbers = new ArrayList<>();
        for (float number : embedding(image % 30)) {
            numbers.add(number);
        }
        return row(
                InspectionsTable.DEFINITION,
                Map.of(
                        "image_id",
                        imageId(image),
                        "uri",
                        uri(image),
                        "encoder_id",
                        encoder,
                        "captioner_id",
                        InspectionsTable.NO_CAPTIONER,
                        "part",
                        1L,
                        "status",
                        InspectionsTable.OK,
                        "inspected_at",
                        day(day),
                        "summary",
                        summary,
                        "embedding",
                        numbers));
    }

    private static Row truth(int image, String caption) {
        return row(
                TruthsTable.DEFINITION,
                Map.of(
                        "image_id",
                        imageId(image),
                        "kind",
                        TruthsTable.CAPTION,
                        "source",
                        "people",
                        "stated_at",
                        day(1),
                        "statement_id",
                        caption + image,
                        "value",
                        caption));
    }

    private Row file(int image) {
        return row(
                FilesTable.DEFINITION,
                Map.of("uri", uri(image), "image_id", imageId(image), "status", FilesTable.OK, "length", 1L));
    }

    private String uri(int image) {
        return "file://" + folder.resolve("photos/" + image + ".png");
    }

    private static Timestamp day(int day) {
        return Timestamp.from(Instant.parse("2026-01-0" + day + "T00:00:00Z"));
    }

    /** A row of a table, its columns by name; what must be there and is not given is a text or a time of no meaning. */
    private static Row row(TableDefinition table, Map<String, Object> cells) {
        return RowFactory.create(Arrays.stream(table.schema().fields())
                .map(field -> {
                    Object given = cells.get(field.name());
                    if (given != null || field.nullable()) {
                        return given;
                    }
                    return field.dataType().typeName().equals("timestamp") ? day(1) : "kb";
                })
                .toArray());
    }
}

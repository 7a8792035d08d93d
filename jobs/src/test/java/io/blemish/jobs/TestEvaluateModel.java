package io.blemish.jobs;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.clip.Clip;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.knowledge.Labeller;
import io.blemish.metrics.ClipScore;
import io.blemish.tables.EvaluationsTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest, inspect, truth import and evaluate with a tiny checkpoint, whose answers mean nothing. */
class TestEvaluateModel extends CommandLineTest {
    private static final int PHOTOGRAPHS = 6;
    private static final String CAPTION = "a mouldy orange";

    @TempDir
    private static Path shared;

    private static Outcome outcome;
    private static Dataset<Row> measures;

    @BeforeAll
    static void evaluate() throws Exception {
        StringBuilder truths = new StringBuilder("image,kind,value,mask_uri\n");
        Files.createDirectories(shared.resolve("photos"));
        for (int i = 0; i < PHOTOGRAPHS; i++) {
            Files.write(shared.resolve("photos/" + i + ".png"), ImageRows.png(i, 60 + i, 50));
            boolean mouldy = i % 2 == 0;
            truths.append("photos/")
                    .append(i)
                    .append(".png,label,")
                    .append(mouldy ? "mould" : "fresh")
                    .append(",\n");
            truths.append("photos/" + i + ".png,caption,an orange with white mould,\n");
            truths.append("photos/" + i + ".png,caption,a fresh orange,\n");
            if (mouldy) {
                mask(shared.resolve(i + ".png"), 60 + i, 50);
                truths.append("photos/" + i + ".png,mask,mould," + i + ".png\n");
            }
        }
        Files.writeString(shared.resolve("truths.csv"), truths);
        String warehouse = shared.resolve("warehouse").toString();
        String clip = InspectFixture.resource("config.json").getParent().toString();
        String knowledge = InspectFixture.resource("oranges.yaml").toString();
        succeed("ingest", "--from", shared.resolve("photos").toString(), "--warehouse", warehouse, "--quiet");
        succeed(
                "inspect",
                "--warehouse",
                warehouse,
                "--clip",
                clip,
                "--knowledge",
                knowledge,
                "--quiet",
                "--methods",
                "relevance,gradcam",
                "--precision",
                "fp32");
        caption(Warehouse.at(spark, warehouse));
        succeed("truth", "import", shared.resolve("truths.csv").toString(), "--warehouse", warehouse, "--quiet");
        outcome = succeed(
                "evaluate",
                "--warehouse",
                warehouse,
                "--clip",
                clip,
                "--knowledge",
                knowledge,
                "--set",
                "evaluate.curve-images=2",
                "--set",
                "evaluate.curve-steps=2");
        measures =
                Warehouse.at(spark, warehouse).read(EvaluationsTable.DEFINITION).cache();
    }

    /** As if a captioner had said the same of all. */
    private static void caption(Warehouse warehouse) {
        warehouse.append(
                InspectionsTable.DEFINITION,
                warehouse
                        .read(InspectionsTable.DEFINITION)
                        .withColumn("captioner_id", lit("c".repeat(64)))
                        .withColumn("caption", lit(CAPTION)),
                "caption");
    }

    private static void mask(Path file, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 5; y < 20; y++) {
            for (int x = 10; x < 30; x++) {
                picture.setRGB(x, y, 0xffffff);
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }

    @Test
    void probabilityComesFromStoredEmbeddings() {
        KnowledgeBase base = KnowledgeBase.read(InspectFixture.resource("oranges.yaml"));
        List<double[]> scored = new ArrayList<>();
        try (Clip clip = Clip.open(InspectFixture.resource("config.json").getParent())) {
            float[][] texts = clip.describe(base.promptTexts());
            Labeller labeller = new Labeller(base, clip.logitScale(), LabelOptions.DEFAULT);
            for (Row row : inspections()
                    .where("caption IS NULL")
                    .select("embedding", "uri")
                    .collectAsList()) {
                List<Float> image = row.getList(0);
                double length = Math.sqrt(
                        image.stream().mapToDouble(v -> (double) v * v).sum());
                float[] similarities = new float[texts.length];
                for (int j = 0; j < texts.length; j++) {
                    double dot = 0;
                    for (int i = 0; i < image.size(); i++) {
                        dot += image.get(i) * texts[j][i] / length;
                    }
                    similarities[j] = (float) dot;
                }
                int number = row.getString(1).charAt(row.getString(1).length() - 5) - '0';
                scored.add(new double[] {labeller.label(similarities).probabilityDefective(), 1 - number % 2});
            }
        }
        double brier = scored.stream()
                .mapToDouble(one -> (one[0] - one[1]) * (one[0] - one[1]))
                .average()
                .orElseThrow();
        scored.sort(Comparator.comparingDouble(one -> one[0]));
        double won = 0;
        for (int i = 0; i < scored.size(); i++) {
            for (int j = 0; j < i; j++) {
                won += scored.get(i)[1] > scored.get(j)[1] ? 1 : 0;
            }
        }

        assertThat(value("defective_brier", null)).isCloseTo(brier, within(1e-6));
        assertThat(value("auroc_probability", null)).isCloseTo(won / 9, within(1e-9));
        assertThat(value("best_threshold", null)).isBetween(0.0, 1.0);
    }

    /** Their rows have no embedding: it stands in the row of the inspection. */
    @Test
    void relabelledImagesAreMeasuredByTheirStoredEmbeddings() throws Exception {
        Path knowledge = Files.writeString(
                folder.resolve("again.yaml"),
                Files.readString(InspectFixture.resource("oranges.yaml")).replace("name: oranges", "name: again"));
        copy(shared.resolve("warehouse"), Path.of(warehouse()));
        String clip = InspectFixture.resource("config.json").getParent().toString();
        List<String> with = List.of("--warehouse", warehouse(), "--clip", clip, "--quiet");
        succeed(arguments("relabel", with, "--knowledge", knowledge.toString(), "--precision", "fp32"));

        succeed(arguments(
                "evaluate",
                with,
                "--knowledge",
                "again",
                "--set",
                "evaluate.curve-images=1",
                "--set",
                "evaluate.curve-steps=2"));

        Dataset<Row> again = Warehouse.at(spark, warehouse())
                .read(EvaluationsTable.DEFINITION)
                .where("kb_id = '" + KnowledgeBase.read(knowledge).id() + "' AND slice = 'all'");
        for (String metric : List.of("auroc_probability", "defective_brier", "clip_score")) {
            assertThat(again.where("metric = '" + metric + "'").count())
                    .as(metric)
                    .isEqualTo(ofAll(metric).count());
        }
        assertThat(again.where("metric = 'defective_brier'").first().<Double>getAs("value"))
                .isCloseTo(value("defective_brier", null), within(1e-9));
    }

    private static String[] arguments(String command, List<String> first, String... rest) {
        return Stream.of(List.of(command), first, List.of(rest))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @Test
    void captionsAreScoredByClip() {
        List<String> texts = List.of(CAPTION, "a fresh orange", "an orange with white mould");
        double score = 0;
        double withReferences = 0;
        try (Clip clip = Clip.open(InspectFixture.resource("config.json").getParent())) {
            float[][] embedded = clip.describe(texts.stream()
                    .map(text -> List.of("A photo depicts " + text))
                    .toList());
            for (Row row : inspections()
                    .where("caption IS NOT NULL")
                    .select("embedding")
                    .collectAsList()) {
                List<Float> values = row.getList(0);
                float[] image = new float[values.size()];
                for (int i = 0; i < image.length; i++) {
                    image[i] = values.get(i);
                }
                score += ClipScore.of(image, embedded[0]) / PHOTOGRAPHS;
                withReferences +=
                        ClipScore.withReferences(image, embedded[0], List.of(embedded[1], embedded[2])) / PHOTOGRAPHS;
            }
        }

        Dataset<Row> captions = measures.where("slice = 'captioner:" + "c".repeat(64) + "' AND method IS NULL");
        assertThat(captions.where("metric = 'clip_score'").first().<Double>getAs("value"))
                .isCloseTo(score, within(1e-6));
        assertThat(captions.where("metric = 'ref_clip_score'").first().<Double>getAs("value"))
                .isCloseTo(withReferences, within(1e-6));
        assertThat(measures.where("metric = 'clip_score' AND method IS NOT NULL")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void attentionIsMeasuredBesideTheMaps() {
        Set<String> methods = measures.where("metric = 'pointing_game' AND slice = 'all'").collectAsList().stream()
                .map(row -> row.<String>getAs("method"))
                .collect(Collectors.toSet());

        assertThat(methods).containsExactlyInAnyOrder("relevance", "gradcam", "attention", "centre", "random");
        assertThat(value("energy_inside", "attention")).isBetween(0.01, 0.5);
    }

    /** What the curves are is TestCurveRows's affair. */
    @Test
    void curvesAreMeasuredOnAsManyPhotographsAsAreWanted() {
        for (String metric : List.of("insertion_auc", "deletion_auc", "insertion_auc_cosine", "deletion_auc_cosine")) {
            List<Row> rows = measures.where("metric = '" + metric + "'").collectAsList();
            assertThat(rows.stream().map(row -> row.<String>getAs("method")))
                    .as(metric)
                    .containsExactlyInAnyOrder("relevance", "gradcam", "clipcap-xai", "attention", "centre", "random");
            assertThat(rows).allSatisfy(row -> assertThat(row.<Long>getAs("n")).isEqualTo(2));
        }
    }

    @Test
    void sanityChecksTellMapsFromNoise() {
        assertThat(value("sanity_float64", "relevance")).isGreaterThan(0.9999);
        assertThat(value("sanity_float64", "gradcam")).isGreaterThan(0.999);
        assertThat(value("sanity_float64", "clipcap-xai")).isBetween(-0.8, 0.8);
        assertThat(value("sanity_randomised_block", "relevance")).isLessThan(0.99);
        assertThat(value("sanity_shuffled_prompt", "relevance")).isLessThan(0.9999);
        assertThat(measures.where("metric = 'sanity_float64' AND n = 3").count())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void summaryShowsThem() {
        assertThat(outcome.out())
                .contains("AUROC of P(defective)", "insertion", "float32 against float64", "attention")
                .contains("Evaluated tiny-clip with oranges");
    }

    @Test
    void anotherCheckpointIsRefused() {
        assertThat(mistake(
                        "evaluate", "--warehouse", shared.resolve("warehouse").toString(), "--clip", shared.toString()))
                .contains("it has no weights");
    }

    private static Dataset<Row> inspections() {
        return Warehouse.at(spark, shared.resolve("warehouse").toString()).read(InspectionsTable.DEFINITION);
    }

    private static double value(String metric, String method) {
        return ofAll(metric)
                .where(method == null ? "true" : "method = '" + method + "'")
                .first()
                .<Double>getAs("value");
    }

    private static Dataset<Row> ofAll(String metric) {
        return measures.where("slice = 'all' AND metric = '" + metric + "'");
    }
}

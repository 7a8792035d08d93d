package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.broadcast.Device;
import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.clip.ClipVisionEncoder;
import io.blemish.clip.DescriptionMatrix;
import io.blemish.explain.Method;
import io.blemish.image.DecodeOptions;
import io.blemish.image.ImageProcessor;
import io.blemish.jobs.SparkTest;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Insertion and deletion of a tiny checkpoint, against its answers to single pictures; a session says how many at once. */
class TestCurveRows extends SparkTest {
    private static final int CELLS = 16;
    private static final int PATCHES = 4;
    private static final int MOULD = 1;
    private static final List<Method> METHODS = List.of(Method.RELEVANCE, Method.GRADCAM, Method.CLIPCAP_XAI);

    private static ClipVisionEncoder encoder;
    private static ImageProcessor processor;
    private static DescriptionMatrix descriptions;
    private static ExplainingModel model;

    @BeforeAll
    static void open(@TempDir Path folder) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        KnowledgeBase base = KnowledgeBase.read(resource("oranges.yaml"));
        try (Clip clip = Clip.open(resource("config.json").getParent())) {
            clip.writeVision(folder.resolve("vision.pt"), Precision.FP32);
            float[][] texts = clip.describe(base.promptTexts());
            processor = clip.imageProcessor();
            descriptions = new DescriptionMatrix(texts);
            encoder = ClipVisionEncoder.load(folder.resolve("vision.pt"), "cpu");
            InspectorSettings settings = new InspectorSettings(
                    DeviceChoice.CPU,
                    2,
                    InspectorSettings.Labelling.of(
                            base.canonicalJson(), texts, clip.logitScale(), LabelOptions.DEFAULT),
                    METHODS,
                    InspectorSettings.Preparation.of(processor, DecodeOptions.defaults()));
            model = new ExplainingModel(encoder, Device.CPU, settings, Set.copyOf(METHODS));
        }
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    /**
     * With one step a curve is the mean of its ends, in which no method has a hand: a photograph is put back into its
     * own blur until all of it is shown, and taken away from itself, none of it hidden yet, to the mean colour.
     */
    @Test
    void curvesOfAllMethodsShareTheirEnds() throws Exception {
        for (int seed = 1; seed <= 2; seed++) {
            byte[] crop = crop(seed);
            double[] photograph = answer(processor.normalised(crop));
            double[] blurred = answer(
                    Masking.of(crop, processor.mean(), processor.std(), PATCHES).blurred());
            double[] grey = answer(new float[crop.length]);
            assertThat(photograph[0]).isNotCloseTo(grey[0], within(1e-4)).isNotCloseTo(blurred[0], within(1e-4));

            Map<String, Row> rows = rows(explained(crop, seed), 1);

            assertThat(rows).containsOnlyKeys("attention", "centre", "clipcap-xai", "gradcam", "random", "relevance");
            assertThat(rows.values()).allSatisfy(row -> {
                assertThat(row.getDouble(3)).isCloseTo((blurred[0] + photograph[0]) / 2, within(1e-5));
                assertThat(row.getDouble(4)).isCloseTo((photograph[0] + grey[0]) / 2, within(1e-5));
                assertThat(row.getDouble(5)).isCloseTo((blurred[1] + photograph[1]) / 2, within(1e-5));
                assertThat(row.getDouble(6)).isCloseTo((photograph[1] + grey[1]) / 2, within(1e-5));
            });
        }
    }

    @Test
    void betweenTheirEndsCurvesFollowTheMap() throws Exception {
        Map<String, Row> rows = rows(explained(crop(3), 3), CELLS);

        assertThat(rows.values().stream().map(row -> row.getDouble(3)).distinct())
                .hasSize(6);
    }

    private static Map<String, Row> rows(Explained photograph, int steps) throws InterruptedException {
        CurveSettings settings = new CurveSettings(steps, 2, processor.mean(), processor.std());
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : new CurveRows(settings).rows(photograph, model)) {
            rows.put(row.getString(2), row);
        }
        return rows;
    }

    /** A photograph whose maps are random. */
    private static Explained explained(byte[] crop, int seed) {
        Random random = new Random(seed);
        Map<Method, float[][]> maps = new TreeMap<>();
        METHODS.forEach(method -> maps.put(method, new float[][] {grid(random)}));
        return new Explained("%064x".formatted(seed), crop, List.of("mould"), new int[] {MOULD}, maps, grid(random));
    }

    private static float[] grid(Random random) {
        float[] grid = new float[CELLS];
        for (int i = 0; i < CELLS; i++) {
            grid[i] = random.nextFloat();
        }
        return grid;
    }

    /** Coloured noise over a ramp, so that its blur differs from it and from grey. */
    private static byte[] crop(int seed) {
        byte[] crop = new byte[processor.pixelBytes()];
        new Random(seed).nextBytes(crop);
        for (int i = 0; i < crop.length; i++) {
            crop[i] = (byte) ((crop[i] & 255) / 2 + i % processor.side());
        }
        return crop;
    }

    /** What the model says to one picture: mould's share of the softmax over all descriptions, and its cosine. */
    private static double[] answer(float[] normalised) {
        float[] cosines = encoder.similarities(normalised, 1, descriptions)[0];
        double[] powers = new double[cosines.length];
        for (int i = 0; i < cosines.length; i++) {
            powers[i] = Math.exp((double) model.logitScale() * (cosines[i] - cosines[MOULD]));
        }
        return new double[] {1 / Arrays.stream(powers).sum(), cosines[MOULD]};
    }

    private static Path resource(String name) {
        try {
            return Path.of(TestCurveRows.class.getResource("/tiny-clip/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLabeller {
    private static final LabelOptions OPTIONS = new LabelOptions(3, 0.5, 0.05);

    @TempDir
    Path folder;

    /** Logits 2, 1 (sound) and 4, 3, 0, 0, 0 (defects), by hand. */
    @Test
    void followsTheFormulas() {
        Labeller labeller = new Labeller(Pools.read(folder, Pools.FRUIT), 10, OPTIONS);
        Label label = labeller.label(new float[] {0.2f, 0.1f, 0.4f, 0.3f, 0, 0, 0});

        double sound = Math.exp(2) + Math.exp(1);
        double defective = Math.exp(4) + Math.exp(3) + 3;
        assertThat(label.defective()).isTrue();
        assertThat(label.defect()).isEqualTo("green mould");
        assertThat(label.group()).isEqualTo("fungal");
        assertThat(label.probabilityDefective()).isCloseTo(defective / (sound + defective), within(1e-7));
        assertThat(label.margin()).isCloseTo(2, within(1e-6));
        assertThat(label.verdict()).isNull();
        // exp(4) / (exp(4) + sound) = 0.844, exp(3) / (exp(3) + sound) = 0.665
        assertThat(label.severity()).isEqualTo("severe");
        assertThat(label.top()).extracting(Scored::name).containsExactly("green mould", "bruises", "fresh");
        assertThat(label.top()).extracting(Scored::description).containsExactly(2, 3, 0);
        assertThat(label.top()).extracting(Scored::severity).containsExactly("severe", "moderate", null);
        assertThat(label.top()).extracting(Scored::isDefect).containsExactly(true, true, false);
        assertThat(label.top().get(2).probability()).isCloseTo(Math.exp(2) / (sound + defective), within(1e-7));
        assertThat(label.top().get(2).similarity()).isEqualTo(0.2f);
        assertThat(label.summary()).isEqualTo("The orange shows severe green mould and moderate bruises.");
    }

    @Test
    void soundImagesHaveNoDefect() {
        Labeller labeller = new Labeller(Pools.read(folder, Pools.FRUIT), 100, OPTIONS);
        Label label = labeller.label(new float[] {0.2f, 0.3f, 0.25f, 0.1f, 0, 0, 0});

        assertThat(label.defective()).isFalse();
        assertThat(label.defect()).isNull();
        assertThat(label.group()).isNull();
        assertThat(label.severity()).isNull();
        assertThat(label.verdict()).isNull();
        assertThat(label.margin()).isCloseTo(-5, within(1e-5));
        assertThat(label.summary()).isEqualTo("The orange is ripe.");
    }

    /** Closer to the threshold than the margin, the label abstains on either side; a margin of 0 never does. */
    @Test
    void abstainsNearTheThreshold() {
        KnowledgeBase base = Pools.read(folder, Pools.FRUIT);
        float[] even = {1, -9, 1, -9, -9, -9, -9};
        float[] slightlySound = {1, -9, 0.9f, -9, -9, -9, -9};
        float[] clearlySound = {1, -9, 0.7f, -9, -9, -9, -9};

        Labeller labeller = new Labeller(base, 1, OPTIONS);
        assertThat(labeller.label(even).verdict()).isEqualTo("review");
        assertThat(labeller.label(even).defective()).isTrue();
        assertThat(labeller.label(slightlySound).verdict()).isEqualTo("review");
        assertThat(labeller.label(slightlySound).defective()).isFalse();
        assertThat(labeller.label(slightlySound).summary())
                .isEqualTo("It is unclear whether the orange is fresh and unblemished or shows green mould.");
        assertThat(labeller.label(clearlySound).verdict()).isNull();
        assertThat(new Labeller(base, 1, new LabelOptions(3, 0.5, 0))
                        .label(even)
                        .verdict())
                .isNull();
    }

    @Test
    void thresholdMovesTheDecision() {
        KnowledgeBase base = Pools.read(folder, Pools.FRUIT);
        float[] similarities = {1, -9, 0.5f, -9, -9, -9, -9};
        assertThat(new Labeller(base, 1, new LabelOptions(3, 0.3, 0))
                        .label(similarities)
                        .defective())
                .isTrue();
        assertThat(new Labeller(base, 1, new LabelOptions(3, 0.4, 0))
                        .label(similarities)
                        .defective())
                .isFalse();
    }

    /** Many weak defects may outweigh one sound state that alone is in the top k: the defect is named all the same. */
    @Test
    void namesADefectOutsideTheTopK() {
        Labeller labeller = new Labeller(Pools.read(folder, Pools.FRUIT), 1, new LabelOptions(1, 0.5, 0));
        Label label = labeller.label(new float[] {1, -9, 0, 0, 0.5f, 0, 0});

        assertThat(label.top()).extracting(Scored::name).containsExactly("fresh");
        assertThat(label.defective()).isTrue();
        assertThat(label.defect()).isEqualTo("soft rot");
        assertThat(label.severity()).isEqualTo("possible");
        assertThat(label.summary()).isEqualTo("The orange possibly shows soft rot.");
    }

    /**
     * Without sound states: all defective, margin between the two best, severity of the probability renormalised over
     * the top k.
     */
    @Test
    void labelsAgainstAPlainList() {
        KnowledgeBase base = Pools.read(folder, "pool.txt", "bruises\na fruit with green mold\nan old fruit\nrot\n");
        Label label = new Labeller(base, 1, OPTIONS).label(new float[] {1, 3, 0, -1});

        double listed = Math.exp(1) + Math.exp(3) + 1;
        assertThat(label.defective()).isTrue();
        assertThat(label.probabilityDefective()).isEqualTo(1);
        assertThat(label.margin()).isEqualTo(2);
        assertThat(label.defect()).isEqualTo("a fruit with green mold");
        assertThat(Math.exp(3) / listed).isBetween(0.8, 1.0);
        assertThat(Math.exp(1) / listed).isBetween(0.1, 0.3);
        assertThat(label.top()).extracting(Scored::severity).containsExactly("very severe", "possible", "minor");
        assertThat(label.top().get(0).probability()).isCloseTo(Math.exp(3) / (listed + Math.exp(-1)), within(1e-12));
        assertThat(label.summary())
                .isEqualTo("The image matches “a fruit with green mold” (very severe) and “bruises” (possible).");
        assertThat(label.verdict()).isNull();
    }

    @Test
    void equalSimilaritiesKeepTheOrderOfTheFile() {
        Labeller labeller = new Labeller(Pools.read(folder, Pools.FRUIT), 100, new LabelOptions(100, 0.5, 0));
        assertThat(labeller.label(new float[7]).top())
                .extracting(Scored::description)
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(labeller.label(new float[7]).defect()).isEqualTo("green mould");
    }

    /** The whole range of cosines at any scale gives numbers, never NaN. */
    @Test
    void staysFiniteAtExtremes() {
        KnowledgeBase base = Pools.read(folder, Pools.FRUIT);
        for (float scale : new float[] {1e-6f, 100, 1e6f}) {
            Label label = new Labeller(base, scale, OPTIONS).label(new float[] {-1, -1, 1, -1, -1, -1, -1});
            assertThat(label.probabilityDefective()).isBetween(0.5, 1.0);
            assertThat(label.margin()).isFinite();
            assertThat(label.top())
                    .allSatisfy(scored -> assertThat(scored.probability()).isBetween(0.0, 1.0));
            Label opposite = new Labeller(base, scale, OPTIONS).label(new float[] {1, -1, -1, -1, -1, -1, -1});
            assertThat(opposite.probabilityDefective()).isBetween(0.0, 0.75);
            assertThat(opposite.top())
                    .allSatisfy(scored -> assertThat(scored.probability()).isBetween(0.0, 1.0));
        }
    }

    /**
     * Law: top k is the head of a stable sort; probabilities over the whole pool sum to 1; all agrees with the naive
     * formulas.
     */
    @Test
    void agreesWithTheNaiveFormulas() {
        KnowledgeBase base = Pools.read(folder, Pools.FRUIT);
        long seed = 20260101;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            float[] similarities = new float[7];
            for (int j = 0; j < 7; j++) {
                similarities[j] = Math.round(random.nextFloat() * 20) / 100f;
            }
            int topK = 1 + random.nextInt(8);
            Label label = new Labeller(base, 50, new LabelOptions(topK, 0.5, 0)).label(similarities);
            double[] mass = IntStream.range(0, 7)
                    .mapToDouble(j -> Math.exp(50.0 * similarities[j]))
                    .toArray();
            double sound = mass[0] + mass[1];
            double all = IntStream.range(0, 7).mapToDouble(j -> mass[j]).sum();
            List<Integer> order = IntStream.range(0, 7)
                    .boxed()
                    .sorted(Comparator.comparing((Integer j) -> -similarities[j]))
                    .limit(topK)
                    .toList();
            assertThat(label.top())
                    .as("seed %d, round %d", seed, round)
                    .extracting(Scored::description)
                    .isEqualTo(order);
            assertThat(label.probabilityDefective()).isCloseTo(1 - sound / all, within(1e-12));
            for (Scored scored : label.top()) {
                int j = scored.description();
                assertThat(scored.probability()).isCloseTo(mass[j] / all, within(1e-12));
                String band = base.bands()
                        .bands()
                        .get(base.bands().indexOf(mass[j] / (mass[j] + sound)))
                        .name();
                assertThat(scored.severity()).isEqualTo(j < 2 ? null : band);
            }
        }
    }

    @Test
    void refusesWhatIsNoSetOfCosines() {
        Labeller labeller = new Labeller(Pools.read(folder, Pools.FRUIT), 100, OPTIONS);
        assertThatThrownBy(() -> labeller.label(new float[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("6 similarities for 7 descriptions");
        assertThatThrownBy(() -> labeller.label(new float[] {0, 0, 0, Float.NaN, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the similarity to 'bruises' is NaN");
        assertThatThrownBy(() -> new Labeller(Pools.read(folder, Pools.FRUIT), Float.NaN, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive and finite");
        assertThatThrownBy(() -> new LabelOptions(0, 0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("top k 0");
    }

    /** The configuration overrides the file, the file the default. */
    @Test
    void resolvesTheAbstention() {
        KnowledgeBase silent = Pools.read(folder, Pools.FRUIT);
        KnowledgeBase outspoken = Pools.read(folder, "abstain: 0.2\n" + Pools.FRUIT);
        assertThat(LabelOptions.of(silent, 5, 0.5, OptionalDouble.empty()).abstain())
                .isEqualTo(0.05);
        assertThat(LabelOptions.of(outspoken, 5, 0.5, OptionalDouble.empty()).abstain())
                .isEqualTo(0.2);
        assertThat(LabelOptions.of(outspoken, 5, 0.5, OptionalDouble.of(0)).abstain())
                .isEqualTo(0);
    }
}

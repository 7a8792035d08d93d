package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.metrics.CaptionGoldens.Corpus;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestCaptionMetrics {
    private static final List<String> MOULD = words("a fruit with green mould");
    private static final List<String> CUT = words("an apple with a deep cut near its stem");

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static void bleu(Corpus corpus, double... expected) {
        assertThat(corpus.bleu()).containsExactly(expected, within(1e-6));
    }

    @Test
    void exampleOfClipScore() {
        Corpus good = Corpus.of(CaptionGoldens.CLIPSCORE_GOOD, CaptionGoldens.CLIPSCORE_REFERENCES);
        bleu(good, 0.666667, 0.489898, 0.346881, 0.000038);
        assertThat(good.rougeL()).isCloseTo(0.428010, within(1e-6));
        assertThat(good.scores().get(0).rougeL()).isCloseTo(0.357771, within(1e-6));
        assertThat(good.scores().get(1).rougeL()).isCloseTo(0.498250, within(1e-6));
        assertThat(good.ciderD()).isCloseTo(0.563741, within(1e-6));
        assertThat(good.scores().get(0).ciderD()).isCloseTo(0.507073, within(1e-6));
        assertThat(good.scores().get(1).ciderD()).isCloseTo(0.620409, within(1e-6));

        Corpus bad = Corpus.of(CaptionGoldens.CLIPSCORE_BAD, CaptionGoldens.CLIPSCORE_REFERENCES);
        bleu(bad, 0.481481, 0.240370, 0.135939, 0.000019);
        assertThat(bad.rougeL()).isCloseTo(0.312111, within(1e-6));
        assertThat(bad.ciderD()).isCloseTo(0.279017, within(1e-6));
        assertThat(bad.scores().get(0).ciderD()).isZero();
        assertThat(bad.scores().get(1).ciderD()).isCloseTo(0.558033, within(1e-6));
    }

    @Test
    void fruit() {
        Corpus fruit = Corpus.of(CaptionGoldens.FRUIT, CaptionGoldens.FRUIT_REFERENCES);
        bleu(fruit, 0.947368, 0.842927, 0.725958, 0.525946);
        assertThat(fruit.rougeL()).isCloseTo(0.892650, within(1e-6));
        assertThat(fruit.scores().stream().map(CaptionScores::rougeL).toList())
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-6 ? 0 : 1)
                .containsExactly(0.924242, 0.944690, 0.809019);
        assertThat(fruit.ciderD()).isCloseTo(3.166938, within(1e-6));
        assertThat(fruit.scores().stream().map(CaptionScores::ciderD).toList())
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-6 ? 0 : 1)
                .containsExactly(3.307250, 3.528479, 2.665084);
    }

    @Test
    void exampleOfNlgEval() {
        Corpus corpus = Corpus.of(CaptionGoldens.NLG_EVAL, CaptionGoldens.NLG_EVAL_REFERENCES);
        bleu(corpus, 0.55, 0.428174, 0.284043, 0.201143);
        assertThat(corpus.rougeL()).isCloseTo(0.522104, within(1e-6));
        assertThat(corpus.ciderD()).isCloseTo(1.242192, within(1e-6));
    }

    @Test
    void singleImageOfNlgEval() {
        Corpus corpus =
                Corpus.of(List.of("this is a good test"), List.of(List.of("this is a test", "this is also a test")));
        assertThat(corpus.bleu())
                .containsExactly(new double[] {0.799999, 0.632455, 0.5108729, 9.03602e-5}, within(1e-6));
        assertThat(corpus.rougeL()).isCloseTo(0.9070631, within(1e-6));
        assertThat(corpus.ciderD()).isZero();
        assertThat(corpus.tally().rougeL().low()).isNaN();
    }

    @Test
    void thousandImagesOfCoco() throws IOException {
        Path folder = TestData.folder("caption-golden-coco-fakecap");
        ObjectMapper json = new ObjectMapper();
        JsonNode references = json.readTree(folder.resolve("gts.json").toFile());
        List<List<String>> captions = new ArrayList<>();
        List<List<List<String>>> known = new ArrayList<>();
        for (JsonNode caption : json.readTree(
                folder.resolve("captions_val2014_fakecap_results.json").toFile())) {
            captions.add(CaptionTokenizer.tokenize(caption.get("caption").asText()));
            // The references are words already, with -lrb- and the like among them.
            List<List<String>> image = new ArrayList<>();
            references.get(caption.get("image_id").asText()).forEach(each -> image.add(words(each.asText())));
            known.add(image);
        }
        Corpus corpus = Corpus.ofWords(captions, known);

        assertThat(captions).hasSize(1000);
        assertThat(corpus.tally().counts())
                .isEqualTo(new Bleu(
                        9893, 9855, new double[] {9893, 8893, 7893, 6893}, new double[] {5732, 2510, 1043, 423}));
        assertThat(corpus.bleu()).containsExactly(new double[] {0.5794, 0.4044, 0.2785, 0.1908}, within(5e-5));
        assertThat(corpus.rougeL()).isCloseTo(0.3963, within(5e-5));
        assertThat(corpus.ciderD()).isCloseTo(0.5997905, within(1e-7));
        // 1,000 captions: the interval is some hundredths wide.
        assertThat(corpus.tally().ciderD().high() - corpus.tally().ciderD().low())
                .isBetween(0.05, 0.12);
    }

    @Test
    void referenceItselfIsPerfect() {
        DocumentFrequencies frequencies =
                DocumentFrequencies.of(List.of(List.of(MOULD, CUT), List.of(words("a pear"))));
        CaptionScores scores = CaptionScores.of(CUT, List.of(CUT), new CiderD(frequencies));
        for (int k = 1; k <= NGrams.LONGEST; k++) {
            assertThat(scores.bleu().score(k)).isCloseTo(1, within(1e-9));
        }
        assertThat(scores.rougeL()).isCloseTo(1, within(1e-12));
        assertThat(scores.ciderD()).isCloseTo(10, within(1e-9));
    }

    @Test
    void nothingInCommonIsWorthless() {
        DocumentFrequencies frequencies = DocumentFrequencies.of(List.of(List.of(CUT), List.of(MOULD)));
        for (List<String> caption : List.of(words("nothing to see"), List.<String>of())) {
            CaptionScores scores = CaptionScores.of(caption, List.of(CUT), new CiderD(frequencies));
            assertThat(scores.bleu().score(1)).isLessThan(1e-5);
            assertThat(scores.rougeL()).isZero();
            assertThat(scores.ciderD()).isZero();
        }
        assertThatThrownBy(() -> Bleu.of(CUT, List.of())).hasMessage("no reference");
    }

    @Test
    void orderOfReferencesDoesNotMatter() {
        List<List<String>> references = new ArrayList<>(
                List.of(MOULD, CUT, words("a fruit with some mould"), words("green mould on an apple near its stem")));
        CiderD cider = new CiderD(DocumentFrequencies.of(List.of(references, List.of(words("a pear")))));
        List<String> caption = words("an apple with green mould");
        CaptionScores scores = CaptionScores.of(caption, references, cider);
        Collections.reverse(references);
        CaptionScores reversed = CaptionScores.of(caption, references, cider);

        assertThat(reversed.bleu()).isEqualTo(scores.bleu());
        assertThat(reversed.rougeL()).isEqualTo(scores.rougeL());
        assertThat(reversed.ciderD()).isCloseTo(scores.ciderD(), within(1e-12));
    }

    @Test
    void ofTwoReferencesAsCloseTheShorterCounts() {
        assertThat(Bleu.of(words("a b c d"), List.of(words("a b c d e"), words("a b c")))
                        .referenceLength())
                .isEqualTo(3);
    }

    @Test
    void fixedFrequenciesWeighRunsOfOtherImages() {
        // One of 100 images has "mould": ln 100 against ln 1 for the words that all have.
        CiderD fixed = new CiderD(new DocumentFrequencies(100, Map.of("a", 100L, "mould", 1L, "pear", 1L)));
        double telling = fixed.of(words("a mould"), List.of(words("a mould")));
        double common = fixed.of(words("a pear"), List.of(words("a mould")));

        assertThat(telling).isCloseTo(5, within(1e-12));
        assertThat(common).isZero();
        assertThatThrownBy(() -> new DocumentFrequencies(0, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void talliesOfPartsMakeTheWhole() {
        CaptionTally whole = new CaptionTally();
        CaptionTally one = new CaptionTally();
        CaptionTally other = new CaptionTally();
        for (int i = 0; i < 60; i++) {
            CaptionScores scores = new CaptionScores(Bleu.of(i % 3 == 0 ? MOULD : CUT, List.of(MOULD)), i % 2, i % 5);
            whole.add("image " + i, scores);
            (i % 7 < 3 ? one : other).add("image " + i, scores);
        }
        CaptionTally parts = other.plus(one);

        assertThat(parts.ciderD()).isEqualTo(whole.ciderD());
        assertThat(parts.bleu(2)).isEqualTo(whole.bleu(2));
        assertThat(whole.ciderD().value()).isCloseTo(2, within(1e-12));
        assertThat(whole.ciderD().n()).isEqualTo(60);
        // The mean of 60 values of variance 2 has a standard error of 0.183.
        assertThat(whole.ciderD().standardError()).isCloseTo(0.183, within(0.03));
        assertThat(whole.ciderD().low()).isCloseTo(2 - 1.96 * 0.183, within(0.1));
        assertThat(whole.ciderD().high()).isCloseTo(2 + 1.96 * 0.183, within(0.1));
        assertThat(new CaptionTally().rougeL().value()).isNaN();
    }

    @Test
    void clipScore() {
        float[] image = {3, 4};
        float[] caption = {0, 2};
        // Cosine 0.8; the closest reference has cosine 0.6.
        assertThat(ClipScore.of(image, caption)).isCloseTo(2, within(1e-12));
        assertThat(ClipScore.withReferences(image, caption, List.of(new float[] {4, 3}, new float[] {1, -1})))
                .isCloseTo(2 * 2 * 0.6 / 2.6, within(1e-12));
        assertThat(ClipScore.of(image, new float[] {0, -1})).isZero();
        assertThat(ClipScore.withReferences(image, new float[] {0, -1}, List.of(caption)))
                .isZero();
        assertThatThrownBy(() -> ClipScore.of(image, new float[3])).hasMessage("embeddings of 2 and 3 numbers");
    }

    @Test
    void distinctCaptions() {
        assertThat(DistinctCaptions.ratio(List.of("a", "b", "a", "a"))).isEqualTo(Estimate.bare(0.5, 4));
        assertThat(DistinctCaptions.ratio(List.of()).n()).isZero();
    }
}

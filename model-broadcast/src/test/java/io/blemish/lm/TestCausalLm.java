package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Forward and decoding, against transformers and against themselves. */
class TestCausalLm {
    private static final String NAMES = "io.blemish.lm.LmGolden#TINY";
    private static final int MOST = 24;
    private static final Decoding SAMPLING = Decoding.sampling(3).withTokens(0, MOST);
    private static final List<Decoding> ALL = List.of(
            Decoding.greedy().withTokens(0, MOST),
            Decoding.beamSearch().withTokens(0, MOST).withBest(5),
            SAMPLING.withBest(3),
            SAMPLING.withTop(7, 1),
            SAMPLING.withTop(0, 0.8),
            SAMPLING.withTop(20, 0.9).withTemperature(0.7).withTokens(6, MOST));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource(NAMES)
    void givesWhatTransformersGives(String name) {
        LmAssertions.assertParity(LmGolden.tiny(name));
    }

    /** Beams that end at different places, ranked as generate ranks them. */
    @ParameterizedTest
    @FieldSource(NAMES)
    void searchesAsGenerateDoes(String name) {
        LmGolden golden = LmGolden.tiny(name);
        try (CausalLm lm = golden.ending(folder)) {
            float[][][] prefixes = golden.cube("ending");
            Decoding greedy = Decoding.greedy().withTokens(0, MOST);
            assertTexts(lm, prefixes, greedy, golden.ids("end_greedy"), new float[0]);
            for (String search : List.of("5_0_1", "5_6_1", "3_0_0", "4_0_2", "5_0_-1")) {
                String[] parts = search.split("_");
                Decoding decoding = Decoding.beamSearch()
                        .withBeams(Integer.parseInt(parts[0]))
                        .withBest(Integer.parseInt(parts[0]))
                        .withTokens(Integer.parseInt(parts[1]), MOST)
                        .withLengthPenalty(Double.parseDouble(parts[2]));
                assertTexts(lm, prefixes, decoding, golden.ids("end_beam" + search), golden.floats("score_" + search));
            }
        }
    }

    private static void assertTexts(
            CausalLm lm, float[][][] prefixes, Decoding decoding, long[][] theirs, float[] scores) {
        List<List<Continuation>> ours = lm.decode(prefixes, decoding);
        for (int i = 0; i < theirs.length; i++) {
            Continuation text = ours.get(i / decoding.best()).get(i % decoding.best());
            long[] whole = LmAssertions.whole(text, lm, MOST);
            assertThat(whole)
                    .as("text %d of %s", i, decoding)
                    .isEqualTo(LongStream.of(theirs[i]).filter(id -> id >= 0).toArray());
            if (scores.length > 0) {
                double score = text.logProbability() / Math.pow(whole.length, decoding.lengthPenalty());
                assertThat(score).isCloseTo(scores[i], within(1e-4 * Math.abs(scores[i])));
            }
        }
    }

    /** The cache changes nothing: greedy tokens are those of the whole text's logits, one after the other. */
    @ParameterizedTest
    @FieldSource(NAMES)
    void cacheChangesNothing(String name) {
        LmGolden golden = LmGolden.tiny(name);
        float[][][] prefix = Arrays.copyOf(golden.cube("prefix"), 1);
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            long[] text = {};
            for (int i = 0; i < 12; i++) {
                float[][] logits = lm.logits(prefix, new long[][] {text})[0];
                text = Arrays.copyOf(text, i + 1);
                text[i] = likeliest(logits[logits.length - 1]);
            }
            Decoding greedy = Decoding.greedy().withTokens(12, 12);
            assertThat(lm.decode(prefix, greedy).get(0).get(0).longs()).isEqualTo(text);
        }
    }

    /** Log-probabilities are those of the model, whatever chose the tokens. */
    @ParameterizedTest
    @FieldSource(NAMES)
    void tellsLogProbabilities(String name) {
        LmGolden golden = LmGolden.tiny(name);
        float[][][] prefix = Arrays.copyOf(golden.cube("ending"), 3);
        try (CausalLm lm = golden.ending(folder)) {
            for (Decoding decoding : ALL) {
                List<List<Continuation>> rows = lm.decode(prefix, decoding);
                for (int row = 0; row < prefix.length; row++) {
                    double before = Double.POSITIVE_INFINITY;
                    for (Continuation text : rows.get(row)) {
                        long[] whole = LmAssertions.whole(text, lm, MOST);
                        assertThat(whole.length).isBetween(decoding.least(), MOST);
                        assertThat(text.logProbability())
                                .isCloseTo(LmAssertions.logProbability(lm, prefix[row], whole), within(1e-3));
                        double score = text.logProbability() / (decoding.samples() ? 1 : whole.length);
                        assertThat(score).isLessThanOrEqualTo(before);
                        before = score;
                    }
                }
            }
        }
    }

    /** A row's texts do not depend on the other rows, which end earlier and later, nor on how many there are. */
    @ParameterizedTest
    @FieldSource(NAMES)
    void rowsAreIndependent(String name) {
        LmGolden golden = LmGolden.tiny(name);
        float[][][] prefixes = golden.cube("ending");
        long[] seeds = LongStream.range(100, 100 + prefixes.length).toArray();
        try (CausalLm lm = golden.ending(folder)) {
            for (Decoding decoding : ALL) {
                List<List<Continuation>> together = lm.decode(prefixes, seeds, decoding);
                List<List<Continuation>> alone = new ArrayList<>();
                for (int row = 0; row < prefixes.length; row++) {
                    alone.addAll(lm.decode(new float[][][] {prefixes[row]}, new long[] {seeds[row]}, decoding));
                }
                assertSame(together, alone);
                assertSame(lm.decode(Arrays.copyOf(prefixes, 5), seeds(seeds, 5), decoding), together.subList(0, 5));
            }
        }
    }

    @ParameterizedTest
    @FieldSource(NAMES)
    void padsChangeNothing(String name) {
        LmGolden golden = LmGolden.tiny(name);
        float[][][] prefix = Arrays.copyOf(golden.cube("prefix"), 2);
        long[] text = golden.ids("input_ids")[0];
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            float[][][] padded = lm.logits(prefix, new long[][] {Arrays.copyOf(text, 4), text});
            float[][][] alone = lm.logits(Arrays.copyOf(prefix, 1), new long[][] {Arrays.copyOf(text, 4)});
            assertThat(LmAssertions.relativeError(Arrays.copyOf(padded, 1), alone))
                    .isLessThan(1e-5);
            float[][][] embedded = {lm.embeddings(text)};
            assertThat(LmAssertions.relativeError(
                            lm.logits(embedded, new long[1][0]), lm.logits(new float[1][0][], new long[][] {text})))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void seedsDecideDraws() {
        LmGolden golden = LmGolden.tiny("opt/pre-norm");
        float[][][] prefix = golden.cube("prefix");
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            List<List<Continuation>> first = lm.decode(prefix, SAMPLING);
            assertSame(lm.decode(prefix, SAMPLING), first);
            assertThat(lm.decode(prefix, SAMPLING.withSeed(4)).get(0).get(0).ids())
                    .isNotEqualTo(first.get(0).get(0).ids());
            List<List<Continuation>> greedy =
                    lm.decode(prefix, Decoding.greedy().withTokens(0, MOST));
            assertSame(lm.decode(prefix, SAMPLING.withTop(1, 1)), greedy);
            assertSame(lm.decode(prefix, SAMPLING.withTop(0, 1e-9)), greedy);
            assertSame(lm.decode(prefix, SAMPLING.withTemperature(1e-4)), greedy);
        }
    }

    /** Tokens come up as often as the model says, within four standard deviations. */
    @Test
    void drawsAreFair() {
        LmGolden golden = LmGolden.tiny("opt/pre-norm");
        float[][][] prefix = new float[32][][];
        Arrays.fill(prefix, golden.cube("prefix")[0]);
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            float[][] logits = lm.logits(Arrays.copyOf(prefix, 1), new long[1][0])[0];
            float[] last = logits[logits.length - 1];
            int[] counts = new int[lm.vocabulary()];
            lm.decode(prefix, Decoding.sampling(8).withTokens(1, 1).withBest(64)).stream()
                    .flatMap(List::stream)
                    .forEach(text -> counts[text.ids()[0]]++);
            double draws = 32 * 64;
            for (int id = 0; id < counts.length; id++) {
                double p = id == lm.end() ? 0 : Math.exp(LmAssertions.logSoftmax(last, id));
                double deviation = Math.sqrt(draws * p * (1 - p));
                assertThat(counts[id] - draws * p).as("token " + id).isBetween(-4 * deviation - 3, 4 * deviation + 3);
            }
        }
    }

    @ParameterizedTest
    @FieldSource(NAMES)
    void bfloat16IsClose(String name) {
        LmGolden golden = LmGolden.tiny(name);
        try (CausalLm lm = golden.lm(Precision.BF16)) {
            assertThat(LmAssertions.relativeError(
                            lm.logits(golden.cube("prefix"), golden.ids("input_ids")), golden.cube("prefix_logits")))
                    .isBetween(1e-5, 0.03);
            for (Decoding decoding : ALL) {
                assertThat(lm.decode(golden.cube("prefix"), decoding)).hasSize(3);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        LmGolden golden = LmGolden.tiny("gpt2/tiny");
        try (CausalLm lm = golden.lm(Precision.FP32)) {
            assertThat(lm.decode(new float[0][][], Decoding.greedy())).isEmpty();
            assertThatThrownBy(() ->
                            lm.decode(golden.cube("prefix"), Decoding.greedy().withTokens(0, 92)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("the language model has 96 positions");
            assertThatThrownBy(lm::tokenizer)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("its folder has no tokenizer");
        }
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bloom\"}");
        assertThatThrownBy(() -> CausalLms.checkpoint(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is \"bloom\"");
    }

    private static long[] seeds(long[] seeds, int rows) {
        return Arrays.copyOf(seeds, rows);
    }

    private static long likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static void assertSame(List<List<Continuation>> ours, List<List<Continuation>> theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        for (int row = 0; row < ours.size(); row++) {
            assertThat(ours.get(row)).hasSameSizeAs(theirs.get(row));
            for (int i = 0; i < ours.get(row).size(); i++) {
                Continuation our = ours.get(row).get(i);
                Continuation their = theirs.get(row).get(i);
                assertThat(our.ids()).as("row %d, text %d", row, i).isEqualTo(their.ids());
                assertThat(our.logProbability()).isCloseTo(their.logProbability(), within(1e-3));
            }
        }
    }
}

package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What words owe to a prefix, against the model's own logits and against central differences. */
class TestPrefixGradients {
    private static final String TINY = "io.blemish.lm.LmGolden#TINY";
    private static final long[] IDS = {7, 20, 11, 30, 9, 12};
    /** A prompt's token, a word of two tokens, one of none, and two words of one. */
    private static final int[] WORDS = {-1, 0, 0, -1, 1, 2};

    private static final int VECTORS = 3;
    private static final float STEP = 5e-3f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource(TINY)
    void logProbabilitiesAreThoseOfTheLogits(String name) throws IOException {
        LmGolden golden = LmGolden.tiny(name);
        try (PrefixGradients gradients = load(golden);
                CausalLm lm = golden.lm(Precision.FP32)) {
            float[][] prefix = prefix(gradients.width());

            float[] ours = gradients.of(prefix, IDS, WORDS).logProbabilities();

            float[][] logits = lm.logits(new float[][][] {prefix}, new long[][] {IDS})[0];
            double[] expected = new double[3];
            for (int token = 0; token < IDS.length; token++) {
                if (WORDS[token] >= 0) {
                    expected[WORDS[token]] += logProbability(logits[VECTORS - 1 + token], (int) IDS[token]);
                }
            }
            assertThat(ours).hasSize(3);
            for (int word = 0; word < 3; word++) {
                assertThat((double) ours[word]).isCloseTo(expected[word], within(1e-4));
            }
        }
    }

    /** Along each gradient, the slope is its length; and again once the engine has specialised its code. */
    @ParameterizedTest
    @FieldSource(TINY)
    void gradientsEqualCentralDifferences(String name) throws IOException {
        try (PrefixGradients gradients = load(LmGolden.tiny(name))) {
            float[][] prefix = prefix(gradients.width());
            for (int round = 0; round < 3; round++) {
                float[][][] at = gradients.of(prefix, IDS, WORDS).gradients();
                assertThat(at).hasDimensions(3, VECTORS);
                for (int word = 0; word < 3; word++) {
                    double length = length(at[word]);
                    double slope = (score(gradients, prefix, at[word], STEP / length, word)
                                    - score(gradients, prefix, at[word], -STEP / length, word))
                            / (2 * STEP);
                    assertThat(length).isPositive();
                    assertThat(slope).isCloseTo(length, within(2e-4 + 1e-2 * length));
                }
            }
        }
    }

    /** A word knows nothing of what follows it. */
    @Test
    void whatFollowsAWordIsNothingToIt() throws IOException {
        try (PrefixGradients gradients = load(LmGolden.tiny("gpt2/tiny"))) {
            float[][] prefix = prefix(gradients.width());
            PrefixGradients.Words one = gradients.of(prefix, new long[] {7, 20, 11}, new int[] {0, 1, 2});
            PrefixGradients.Words other = gradients.of(prefix, new long[] {7, 20, 31}, new int[] {0, 1, 2});

            for (int word = 0; word < 2; word++) {
                assertThat(other.gradients()[word][0]).containsExactly(one.gradients()[word][0], within(1e-6f));
            }
            assertThat(other.logProbabilities()[2]).isNotEqualTo(one.logProbabilities()[2]);
            assertThatIllegalArgumentException().isThrownBy(() -> gradients.of(prefix, new long[] {7}, new int[] {-1}));
        }
    }

    private PrefixGradients load(LmGolden golden) throws IOException {
        Path archive = folder.resolve("lm.pt");
        try (OutputStream out = Files.newOutputStream(archive)) {
            CausalLms.checkpoint(golden.folder()).write(out, Precision.FP32);
        }
        return PrefixGradients.load(archive, "cpu");
    }

    private static float[][] prefix(int width) {
        Random random = new Random(5);
        float[][] prefix = new float[VECTORS][width];
        for (float[] vector : prefix) {
            for (int i = 0; i < width; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return prefix;
    }

    private static double score(PrefixGradients gradients, float[][] prefix, float[][] direction, double by, int word) {
        float[][] moved = new float[prefix.length][prefix[0].length];
        for (int row = 0; row < moved.length; row++) {
            for (int i = 0; i < moved[row].length; i++) {
                moved[row][i] = (float) (prefix[row][i] + by * direction[row][i]);
            }
        }
        return gradients.of(moved, IDS, WORDS).logProbabilities()[word];
    }

    private static double length(float[][] gradient) {
        double square = 0;
        for (float[] vector : gradient) {
            for (float value : vector) {
                square += (double) value * value;
            }
        }
        return Math.sqrt(square);
    }

    private static double logProbability(float[] logits, int id) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        return logits[id] - Math.log(sum);
    }
}

package io.blemish.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.lm.CausalLms;
import io.blemish.lm.LmCheckpoint;
import io.blemish.lm.PrefixGradients;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Words of captions and what they owe to the image, with the pocket language model and mappers that have learned nothing. */
class TestWordGradients {
    private static final String PROMPT = "an apple with";
    private static final String CAPTION = "two brown spots, well-lit.";
    private static final int EMBEDDING = 24;
    private static final double STEP = 1e-2;

    @TempDir
    private static Path folder;

    private static PrefixGradients lm;

    @BeforeAll
    static void load() throws IOException {
        LmCheckpoint checkpoint = CausalLms.checkpoint(Path.of("pocket", "opt"));
        Path archive = folder.resolve("lm.pt");
        try (OutputStream out = Files.newOutputStream(archive)) {
            checkpoint.write(out, Precision.FP32);
        }
        lm = PrefixGradients.load(archive, "cpu");
    }

    @AfterAll
    static void close() {
        lm.close();
    }

    /** Along two directions: that of all gradients together, and one drawn at random. */
    @ParameterizedTest
    @EnumSource(MapperKind.class)
    void equalCentralDifferences(MapperKind kind) {
        MapperConfig config = MapperConfig.standard(kind, EMBEDDING, 4, lm.width())
                .withScale(kind == MapperKind.MLP ? EmbeddingScale.UNIT : EmbeddingScale.RAW);
        try (PrefixMapper mapper = PrefixMapper.of(MapperWeights.random(config, 3), Precision.FP32)) {
            WordGradients gradients = new WordGradients(mapper, lm, PROMPT);
            float[] embedding = random(1, 1);

            List<WordGradient> words = gradients.of(embedding, CAPTION);

            assertThat(words).extracting(WordGradient::word).containsExactly("two", "brown", "spots", "well", "lit");
            float[] together = new float[EMBEDDING];
            for (WordGradient told : words) {
                assertThat(told.logProbability()).isNegative();
                for (int i = 0; i < EMBEDDING; i++) {
                    together[i] += told.gradient()[i];
                }
            }
            for (float[] direction : List.of(together, random(2, 1))) {
                double unit = length(direction);
                List<WordGradient> ahead = gradients.of(moved(embedding, direction, STEP / unit), CAPTION);
                List<WordGradient> behind = gradients.of(moved(embedding, direction, -STEP / unit), CAPTION);
                for (int word = 0; word < words.size(); word++) {
                    float[] gradient = words.get(word).gradient();
                    double slope =
                            (ahead.get(word).logProbability() - behind.get(word).logProbability()) / (2 * STEP);
                    assertThat(length(gradient)).isPositive();
                    assertThat(slope)
                            .as("%s of %s", words.get(word).word(), kind)
                            .isCloseTo(product(gradient, direction) / unit, within(5e-4 + 1e-2 * length(gradient)));
                }
            }
        }
    }

    @Test
    void noWordsNoGradients() {
        MapperConfig config = MapperConfig.standard(MapperKind.LINEAR, EMBEDDING, 4, lm.width());
        try (PrefixMapper mapper = PrefixMapper.of(MapperWeights.random(config, 3), Precision.FP32)) {
            WordGradients gradients = new WordGradients(mapper, lm, "");
            assertThat(gradients.of(random(1, 1), "...")).isEmpty();
            assertThat(gradients.of(random(1, 1), "")).isEmpty();
        }
    }

    @Test
    void tokensMakeWords() {
        ByteLevelTokenizer tokenizer = lm.tokenizer();
        long[] ids = tokenizer.own(" An apple (well-lit) isn't überreif: 2.5 cm, 苹果.");

        CaptionedWords spoken = CaptionedWords.of(tokenizer, ids);

        assertThat(spoken.words())
                .containsExactly("An", "apple", "well", "lit", "isn't", "überreif", "2", "5", "cm", "苹果");
        assertThat(spoken.ofTokens()).hasSameSizeAs(ids);
        assertThat(Arrays.stream(spoken.ofTokens()).filter(word -> word >= 0)).isSorted();
        assertThat(Arrays.stream(spoken.ofTokens()).max()).hasValue(9);
    }

    private static float[] moved(float[] embedding, float[] direction, double by) {
        float[] moved = embedding.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (by * direction[i]);
        }
        return moved;
    }

    private static float[] random(long seed, double scale) {
        Random random = new Random(seed);
        float[] values = new float[EMBEDDING];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static double length(float[] vector) {
        return Math.sqrt(product(vector, vector));
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}

package io.blemish.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestCosines {
    private static final long SEED = 20260301;

    /** By hand: (3, 4) against two axes and the diagonal; lengths of embeddings don't matter, those of descriptions are 1. */
    @Test
    void goldenValues() {
        float diagonal = (float) Math.sqrt(0.5);
        Cosines cosines = new Cosines(new float[][] {{1, 0}, {0, 1}, {diagonal, diagonal}});

        float[][] products = cosines.of(new float[][] {{3, 4}, {-30, 0}});

        assertThat(products[0]).containsExactly(new float[] {0.6f, 0.8f, 0.98994949f}, within(1e-7f));
        assertThat(products[1]).containsExactly(new float[] {-1, 0, -0.70710678f}, within(1e-7f));
    }

    /** Law: what double precision gives, at every width, those that are no multiple of a pass included. */
    @Test
    void agreesWithTheFormula() {
        Random random = new Random(SEED);
        for (int width : new int[] {1, 3, 4, 40, 511, 512, 768}) {
            float[][] descriptions = vectors(random, 13, width);
            Arrays.stream(descriptions).forEach(description -> scale(description, 1 / length(description)));
            float[][] embeddings = vectors(random, 70, width);

            float[][] products = new Cosines(descriptions).of(embeddings);

            for (int image = 0; image < embeddings.length; image++) {
                for (int j = 0; j < descriptions.length; j++) {
                    double expected = product(embeddings[image], descriptions[j]) / length(embeddings[image]);
                    assertThat((double) products[image][j])
                            .as("seed %d, width %d", SEED, width)
                            .isCloseTo(expected, within(1e-6));
                }
            }
        }
    }

    /** Law: to the last bit the same alone and in any batch, so that a resumed run ends with the same rows. */
    @Test
    void batchesDoNotMatter() {
        Random random = new Random(SEED);
        Cosines cosines = new Cosines(vectors(random, 100, 512));
        float[][] embeddings = vectors(random, 64, 512);

        float[][] products = cosines.of(embeddings);

        for (int image = 0; image < embeddings.length; image++) {
            assertThat(cosines.of(new float[][] {embeddings[image]})[0]).isEqualTo(products[image]);
        }
    }

    @Test
    void refusesOtherWidthsAndShowsWhatHasNoDirection() {
        Cosines cosines = new Cosines(new float[][] {{1, 0, 0}});

        assertThatThrownBy(() -> cosines.of(new float[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an embedding of 2 values for descriptions of 3");
        assertThat(cosines.of(new float[][] {{0, 0, 0}})[0][0]).isNaN();
        assertThat(cosines.of(new float[][] {{0, Float.NaN, 0}})[0][0]).isNaN();
    }

    private static float[][] vectors(Random random, int count, int width) {
        float[][] vectors = new float[count][width];
        for (float[] vector : vectors) {
            for (int i = 0; i < width; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private static void scale(float[] vector, double by) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= (float) by;
        }
    }

    private static double length(float[] vector) {
        return Math.sqrt(product(vector, vector));
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}

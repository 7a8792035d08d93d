package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a model achieves on the photographs means something: neither colours alone nor a guess at the middle get far.
 *
 * <p>400 photographs with one defect each; a fourth of them is held out from what is fitted.
 */
class TestHardness {
    private static final int PHOTOGRAPHS = 400;
    private static final int HELD_OUT = 100;

    private static final List<float[]> histograms = new ArrayList<>();
    private static final int[] defects = new int[PHOTOGRAPHS];
    private static final int[] products = new int[PHOTOGRAPHS];
    private static final double[] shares = new double[PHOTOGRAPHS];
    private static int middleHits;

    @BeforeAll
    static void draw() {
        List<String> names = List.of("apple", "orange", "lemon", "pear", "peach", "tomato");
        Studio studio = new Studio(Small.options(21, Small.single()));
        for (int index = 0; index < PHOTOGRAPHS; index++) {
            Photograph photograph = studio.photograph(index);
            Truth truth = photograph.truth();
            histograms.add(histogram(photograph.image()));
            defects[index] = truth.marks().get(0).defect().ordinal();
            products[index] = names.indexOf(truth.product());
            shares[index] = (double) truth.marks().get(0).pixels() / truth.fruitPixels();
            int width = photograph.image().getWidth();
            int height = photograph.image().getHeight();
            middleHits += photograph.masks().get(0)[height / 2 * width + width / 2] & 1;
        }
    }

    @Test
    void coloursDoNotNameTheDefect() {
        double accuracy = new Regression(defects, 10).accuracy();
        assertThat(accuracy).isBetween(0.02, 0.60);
    }

    /** That the regression fails above is the photographs' doing, not its own. */
    @Test
    void coloursDoNameTheFruit() {
        assertThat(new Regression(products, 6).accuracy()).isGreaterThan(0.6);
    }

    @Test
    void middleOfThePictureIsNoGuess() {
        assertThat((double) middleHits / PHOTOGRAPHS).isBetween(0.01, 0.40);
    }

    @Test
    void defectsAreSmall() {
        double[] sorted = shares.clone();
        Arrays.sort(sorted);
        assertThat(sorted[PHOTOGRAPHS / 2]).isBetween(0.035, 0.06);
    }

    /** Of 8 × 8 × 8 colours of the centre square, as square roots of their shares. */
    private static float[] histogram(BufferedImage image) {
        int side = Math.min(image.getWidth(), image.getHeight());
        int left = Small.margin(image.getWidth(), side);
        int top = Small.margin(image.getHeight(), side);
        float[] histogram = new float[512];
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                int rgb = image.getRGB(x, y);
                histogram[(rgb >> 21 & 7) << 6 | (rgb >> 13 & 7) << 3 | rgb >> 5 & 7]++;
            }
        }
        for (int i = 0; i < histogram.length; i++) {
            histogram[i] = (float) Math.sqrt(histogram[i] / ((float) side * side));
        }
        return histogram;
    }

    /** Multinomial logistic regression by gradient descent with momentum and a little weight decay. */
    private static final class Regression {
        private static final int STEPS = 300;

        private final int[] labels;
        private final int classes;
        private final float[][] weights;

        Regression(int[] labels, int classes) {
            this.labels = labels;
            this.classes = classes;
            this.weights = new float[classes][512 + 1];
            float[][] velocity = new float[classes][512 + 1];
            for (int step = 0; step < STEPS; step++) {
                float[][] gradient = gradient();
                for (int c = 0; c < classes; c++) {
                    for (int i = 0; i <= 512; i++) {
                        velocity[c][i] = 0.9f * velocity[c][i] - gradient[c][i] - 1e-4f * weights[c][i];
                        weights[c][i] += velocity[c][i];
                    }
                }
            }
        }

        private float[][] gradient() {
            float[][] gradient = new float[classes][512 + 1];
            int fitted = PHOTOGRAPHS - HELD_OUT;
            for (int n = 0; n < fitted; n++) {
                double[] p = probabilities(n);
                for (int c = 0; c < classes; c++) {
                    float error = (float) (p[c] - (labels[n] == c ? 1 : 0)) / fitted;
                    float[] x = histograms.get(n);
                    for (int i = 0; i < 512; i++) {
                        gradient[c][i] += error * x[i];
                    }
                    gradient[c][512] += error;
                }
            }
            return gradient;
        }

        private double[] probabilities(int n) {
            double[] p = new double[classes];
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                float logit = weights[c][512];
                float[] x = histograms.get(n);
                for (int i = 0; i < 512; i++) {
                    logit += weights[c][i] * x[i];
                }
                p[c] = Math.exp(logit);
                sum += p[c];
            }
            for (int c = 0; c < classes; c++) {
                p[c] /= sum;
            }
            return p;
        }

        /** Of those held out. */
        double accuracy() {
            int right = 0;
            for (int n = PHOTOGRAPHS - HELD_OUT; n < PHOTOGRAPHS; n++) {
                double[] p = probabilities(n);
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = p[c] > p[best] ? c : best;
                }
                right += best == labels[n] ? 1 : 0;
            }
            return (double) right / HELD_OUT;
        }
    }
}

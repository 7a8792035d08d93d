package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TestCalibration {
    /** Two predictions of 0.9, one right; one of 0.1, wrong: (2 · |0.5 − 0.9| + |0 − 0.1|) / 3. */
    @Test
    void threePredictionsByHand() {
        Calibration calibration = Calibration.of(new double[] {0.9, 0.9, 0.1}, new boolean[] {true, false, false});

        assertThat(calibration.error().value()).isCloseTo(0.3, within(1e-12));
        assertThat(calibration.error().n()).isEqualTo(3);
        assertThat(calibration.bins().get(13).observed().value()).isEqualTo(0.5);
        assertThat(calibration.bins().get(13).expected().value()).isEqualTo(0.9);
        assertThat(calibration.bins().get(7).observed().value()).isNaN();
    }

    /** The same sum over 15 bins in NumPy 2.4.6. */
    @Test
    void sixtyPredictions() {
        double[] probabilities = new double[60];
        boolean[] right = new boolean[60];
        for (int i = 0; i < 60; i++) {
            probabilities[i] = (i * 53 % 97) / 96.0;
            right[i] = i * 29 % 7 < 4;
        }

        assertThat(Calibration.of(probabilities, right).error().value()).isCloseTo(0.28454861111111107, within(1e-12));
    }

    @Test
    void probabilitiesThatComeTrueAsOftenAsTheySayHaveNoError() {
        Random random = new Random(4);
        double[] probabilities = new double[200_000];
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < right.length; i++) {
            probabilities[i] = random.nextDouble();
            right[i] = random.nextDouble() < probabilities[i];
        }

        assertThat(Calibration.of(probabilities, right).error().value()).isLessThan(0.01);
    }

    @Test
    void binsIncludeTheirLowerEdge() {
        assertThat(Calibration.bin(0)).isZero();
        assertThat(Calibration.bin(0.2)).isEqualTo(3);
        assertThat(Calibration.bin(1)).isEqualTo(14);
        assertThat(Calibration.range(14)).isEqualTo("0.93-1.00");
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.bin(Double.NaN));
    }
}

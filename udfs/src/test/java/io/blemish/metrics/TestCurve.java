package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestCurve {
    /** RISE's formula: (0.9 + 0.5 + 0.2 + 0.1 + 0.1 − 0.9 / 2 − 0.1 / 2) / 4 = 0.325. */
    @Test
    void equalSteps() {
        assertThat(Curve.area(new double[] {0, 0.25, 0.5, 0.75, 1}, new double[] {0.9, 0.5, 0.2, 0.1, 0.1}))
                .isCloseTo(0.325, within(1e-12));
    }

    @Test
    void shorterLastStepCountsForLess() {
        // 0 to 0.8: mean 0.5; 0.8 to 1: 1.
        assertThat(Curve.area(new double[] {0, 0.8, 1}, new double[] {0, 1, 1})).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void constantScoreIsItsOwnArea() {
        assertThat(Curve.area(new double[] {0, 0.1, 0.7, 1}, new double[] {0.4, 0.4, 0.4, 0.4}))
                .isCloseTo(0.4, within(1e-12));
    }

    @Test
    void pointsRunFromNothingToAll() {
        assertThat(Curve.points(49, 16)).containsExactly(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 49);
        assertThat(Curve.points(16, 16)).hasSize(17).startsWith(0, 1).endsWith(15, 16);
        assertThat(Curve.points(4, 100)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void curveMustRunFromNothingToAll() {
        assertThatIllegalArgumentException().isThrownBy(() -> Curve.area(new double[] {0, 0.5}, new double[] {1, 1}));
    }
}

package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestScoreInterval {
    /** Newcombe's equation (A − θ)² = z² V(θ), solved by {@code scipy.optimize.brentq}. */
    @ParameterizedTest
    @CsvSource({
        "1, 2, 2, 0.3856357044971664, 1",
        "1, 10, 10, 0.8002136128811059, 1",
        "1, 24, 36, 0.9302382672119678, 1",
        "1, 5, 2000, 0.8104303089551566, 1",
        "0.5, 5, 7, 0.2215642718601323, 0.7784357281398677"
    })
    void endsSolveNewcombesEquation(double area, long positives, long negatives, double low, double high) {
        ScoreInterval interval = ScoreInterval.of(area, positives, negatives);

        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void reversedScoresHaveTheReversedInterval() {
        ScoreInterval perfect = ScoreInterval.of(1, 12, 30);
        ScoreInterval reversed = ScoreInterval.of(0, 12, 30);

        assertThat(reversed.low()).isZero();
        assertThat(reversed.high()).isCloseTo(1 - perfect.low(), within(1e-12));
        assertThat(ScoreInterval.of(1, 30, 12)).isEqualTo(perfect);
    }

    @Test
    void morePairsMakeAPerfectOrderSurer() {
        double before = 0;
        for (long n : new long[] {2, 5, 20, 100, 10_000}) {
            double low = ScoreInterval.of(1, n, n).low();
            assertThat(low).isStrictlyBetween(before, 1.0);
            before = low;
        }
    }
}

package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestEstimate {
    /** Intervals of {@code scipy.stats.binomtest(hits, n).proportion_ci(method="wilson")}, SciPy 1.17.1. */
    @ParameterizedTest
    @CsvSource({
        "7, 10, 0.39677814746114526, 0.892208732593699",
        "0, 5, 0, 0.43448246478317476",
        "5, 5, 0.5655175352168251, 1",
        "950, 1000, 0.9346861797557491, 0.9618697376072511"
    })
    void shareHasWilsonsInterval(long hits, long n, double low, double high) {
        Estimate share = Estimate.share(hits, n);

        assertThat(share.value()).isEqualTo((double) hits / n);
        assertThat(share.low()).isCloseTo(low, within(1e-12));
        assertThat(share.high()).isCloseTo(high, within(1e-12));
        assertThat(share.n()).isEqualTo(n);
    }

    @Test
    void intervalNarrowsWithTheSquareRootOfN() {
        double few = Estimate.share(30, 100).high() - Estimate.share(30, 100).low();
        double many = Estimate.share(3000, 10_000).high()
                - Estimate.share(3000, 10_000).low();

        assertThat(few / many).isCloseTo(10, within(0.3));
    }

    /** 0.1, 0.4, 0.2, 0.9: mean 0.4, standard error 0.1779513 (NumPy). */
    @Test
    void meanHasANormalInterval() {
        Estimate mean = Estimate.mean(1.6, 0.01 + 0.16 + 0.04 + 0.81, 4);

        assertThat(mean.value()).isEqualTo(0.4);
        assertThat(mean.standardError()).isCloseTo(0.17795130420052185, within(1e-12));
        assertThat(mean.high() - mean.value()).isCloseTo(1.959963984540054 * 0.17795130420052185, within(1e-12));
    }

    @Test
    void oneObservationHasNoInterval() {
        assertThat(Estimate.mean(0.3, 0.09, 1).low()).isNaN();
        assertThat(Estimate.mean(0, 0, 0)).isEqualTo(Estimate.nothing());
        assertThat(Estimate.share(0, 0).value()).isNaN();
    }

    @Test
    void groupsCountAlikeWhateverTheirSize() {
        Estimate macro = Estimate.macro(List.of(Estimate.share(1, 10), Estimate.nothing(), Estimate.share(90, 100)));

        assertThat(macro.value()).isCloseTo(0.5, within(1e-12));
        // Half of sqrt(0.1 · 0.9 / 10 + 0.9 · 0.1 / 100).
        assertThat(macro.standardError()).isCloseTo(Math.sqrt(0.009 + 0.0009) / 2, within(1e-12));
        assertThat(macro.n()).isEqualTo(110);
        assertThat(Estimate.macro(List.of()).value()).isNaN();
    }

    @Test
    void moreHitsThanObservationsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.share(3, 2));
    }
}

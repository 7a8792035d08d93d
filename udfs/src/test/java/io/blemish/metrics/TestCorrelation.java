package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestCorrelation {
    /** numpy.corrcoef, NumPy 2.4.6. */
    @Test
    void fiveValues() {
        assertThat(Correlation.of(new float[] {1, 2, 4, 8, 3}, new float[] {2, 1, 5, 6, 4}))
                .isCloseTo(0.8567331656398971, within(1e-12));
    }

    @Test
    void scaleAndOffsetChangeNothing() {
        float[] map = {0, 3, 1, 9};
        assertThat(Correlation.of(map, new float[] {5, 11, 7, 23})).isCloseTo(1, within(1e-12));
        assertThat(Correlation.of(map, new float[] {0, -3, -1, -9})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void flatMapIsLikeNothing() {
        assertThat(Correlation.of(new float[] {1, 1}, new float[] {0, 1})).isNaN();
    }
}

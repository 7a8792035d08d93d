package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestRandoms {
    @Test
    void dependOnSeedAndPurposeAlone() {
        assertThat(Randoms.of(1, 2, 3).nextLong())
                .isEqualTo(Randoms.of(1, 2, 3).nextLong())
                .isNotEqualTo(Randoms.of(1, 3, 2).nextLong())
                .isNotEqualTo(Randoms.of(2, 2, 3).nextLong());
    }

    @Test
    void neighboursHaveNothingInCommon() {
        Set<Long> first = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            first.add(Randoms.of(0, i).nextLong());
            sum += Randoms.of(0, i).nextDouble();
        }
        assertThat(first).hasSize(1000);
        assertThat(sum / 1000).isBetween(0.45, 0.55);
    }

    @Test
    void orderHoldsEachNumberOnce() {
        assertThat(Randoms.order(100, Randoms.of(4))).hasSize(100).doesNotHaveDuplicates();
        assertThat(Randoms.order(100, Randoms.of(4))).isNotEqualTo(Randoms.order(100, Randoms.of(5)));
    }
}

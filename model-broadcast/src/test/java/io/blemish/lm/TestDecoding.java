package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TestDecoding {
    private static final Decoding SEARCH = Decoding.beamSearch();

    @Test
    void searchesWithFiveBeams() {
        assertThat(SEARCH).isEqualTo(new Decoding(5, 1, 0, 0, 1, 0, 1, 0, 40));
        assertThat(Decoding.greedy()).isEqualTo(SEARCH.withBeams(1));
        assertThat(Decoding.sampling(7).samples()).isTrue();
        assertThat(Decoding.sampling(7).withTemperature(0)).isEqualTo(SEARCH.withSeed(7));
        assertThat(Decoding.sampling(7).withBest(9).texts()).isEqualTo(9);
        assertThat(SEARCH.withBest(2).texts()).isEqualTo(5);
    }

    @Test
    void refusesWhatIsNone() {
        assertRefused(() -> SEARCH.withBeams(0), "beams are 0");
        assertRefused(() -> SEARCH.withBeams(65), "Choose 1 to 64");
        assertRefused(() -> SEARCH.withLengthPenalty(Double.NaN), "length penalty");
        assertRefused(() -> SEARCH.withTemperature(-1), "temperature is -1");
        assertRefused(() -> SEARCH.withTop(-1, 1), "top k is -1");
        assertRefused(() -> SEARCH.withTop(0, 0), "top p is 0");
        assertRefused(() -> SEARCH.withTop(0, 1.01), "top p is 1.01");
        assertRefused(() -> SEARCH.withBest(6), "6 texts are asked for of 5 beams");
        assertRefused(() -> Decoding.greedy().withBest(2), "2 texts are asked for of 1 beams");
        assertRefused(() -> SEARCH.withTokens(5, 4), "5 to 4 tokens");
        assertRefused(() -> SEARCH.withTokens(0, 0), "at most 0 tokens");
    }

    private static void assertRefused(ThrowingCallable making, String cause) {
        assertThatThrownBy(making)
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }
}

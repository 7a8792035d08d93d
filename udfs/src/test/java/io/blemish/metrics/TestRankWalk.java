package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TestRankWalk {
    private static final int N = 60;
    private static final long POSITIVES = 24;
    private static final long NEGATIVES = 36;

    /** The example of scikit-learn's roc_auc_score; V10 = 1/2, 1 and V01 = 1, 1/2 give DeLong's variance 1/8. */
    @Test
    void fourScoresByHand() {
        RankWalk walk = new RankWalk(2, 2, 0, 0);
        walk.step(0.1, 0, 1);
        walk.step(0.35, 1, 0);
        walk.step(0.4, 0, 1);
        walk.step(0.8, 1, 0);

        Estimate area = walk.sums().auroc(2, 2);

        assertThat(area.value()).isEqualTo(0.75);
        assertThat(area.standardError()).isCloseTo(Math.sqrt(0.125), within(1e-12));
        assertThat(area.low()).isCloseTo(0.75 - 1.959963984540054 * Math.sqrt(0.125), within(1e-12));
        assertThat(area.high()).isEqualTo(1);
        assertThat(walk.sums().gain()).isEqualTo(0.5);
        assertThat(walk.sums().threshold()).isEqualTo(0.35);
    }

    /** scikit-learn 1.9.1 and NumPy: roc_auc_score, DeLong's variance from all pairs, roc_curve. */
    @Test
    void manyTies() {
        Estimate area = whole(scores(value -> value)).auroc(POSITIVES, NEGATIVES);

        assertThat(area.value()).isCloseTo(0.4901620370370371, within(1e-12));
        assertThat(area.standardError()).isCloseTo(0.07645702746458481, within(1e-12));
        assertThat(area.low()).isCloseTo(0.34030901684146103, within(1e-12));
        assertThat(area.high()).isCloseTo(0.6400150572326131, within(1e-12));
        assertThat(whole(scores(value -> value)).gain()).isCloseTo(0.04166666666666674, within(1e-12));
        assertThat(whole(scores(value -> value)).threshold()).isEqualTo(0.375);
    }

    @Test
    void growingFunctionOfTheScoresChangesNothing() {
        Estimate area = whole(scores(value -> value)).auroc(POSITIVES, NEGATIVES);
        Estimate stretched = whole(scores(value -> Math.exp(3 * value) - 100)).auroc(POSITIVES, NEGATIVES);

        assertThat(stretched).isEqualTo(area);
    }

    @Test
    void partsMakeTheWhole() {
        NavigableMap<Double, long[]> scores = scores(value -> value);
        RankSums whole = whole(scores);
        RankSums parts = RankSums.none();
        long[] below = {0, 0};
        for (NavigableMap<Double, long[]> part :
                List.of(scores.headMap(0.5, true), scores.subMap(0.5, false, 0.6, false), scores.tailMap(0.6, true))) {
            parts = parts.plus(walk(part, below));
            part.values().forEach(counts -> {
                below[0] += counts[0];
                below[1] += counts[1];
            });
        }

        assertThat(parts.auroc(POSITIVES, NEGATIVES).value())
                .isCloseTo(whole.auroc(POSITIVES, NEGATIVES).value(), within(1e-12));
        assertThat(parts.auroc(POSITIVES, NEGATIVES).standardError())
                .isCloseTo(whole.auroc(POSITIVES, NEGATIVES).standardError(), within(1e-12));
        assertThat(parts.threshold()).isEqualTo(whole.threshold());
    }

    @Test
    void constantScoresSayNothing() {
        RankWalk walk = new RankWalk(5, 7, 0, 0);
        walk.step(3, 5, 7);

        Estimate area = walk.sums().auroc(5, 7);
        assertThat(area.value()).isEqualTo(0.5);
        assertThat(area.low()).isCloseTo(0.2215642718601323, within(1e-12));
        assertThat(area.high()).isCloseTo(0.7784357281398677, within(1e-12));
    }

    @Test
    void perfectOrderIsNotCertain() {
        RankWalk walk = new RankWalk(10, 10, 0, 0);
        walk.step(1, 0, 10);
        walk.step(2, 10, 0);

        Estimate area = walk.sums().auroc(10, 10);
        assertThat(area.value()).isEqualTo(1);
        assertThat(area.low()).isCloseTo(0.8002136128811059, within(1e-12));
        assertThat(area.high()).isEqualTo(1);
        assertThat(area.n()).isEqualTo(20);
        assertThat(new RankWalk(1, 5, 0, 0)).satisfies(one -> {
            one.step(1, 0, 5);
            one.step(2, 1, 0);
            assertThat(one.sums().auroc(1, 5).low()).isNaN();
        });
    }

    @Test
    void oneKindAloneHasNoArea() {
        RankWalk walk = new RankWalk(2, 0, 0, 0);
        walk.step(1, 2, 0);

        assertThat(walk.sums().auroc(2, 0).value()).isNaN();
        assertThat(walk.sums().auroc(2, 0).n()).isEqualTo(2);
    }

    @Test
    void scoresOutOfOrderAreRefused() {
        RankWalk walk = new RankWalk(1, 1, 0, 0);
        walk.step(1, 1, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> walk.step(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> walk.step(Double.NaN, 0, 1));
    }

    private static NavigableMap<Double, long[]> scores(DoubleUnaryOperator change) {
        NavigableMap<Double, long[]> counts = new TreeMap<>();
        for (int i = 0; i < N; i++) {
            boolean positive = (i * 7) % 10 < 4;
            double score = ((i * 37 + (positive ? 11 : 0)) % 23) / 8.0;
            counts.computeIfAbsent(change.applyAsDouble(score), none -> new long[2])[positive ? 0 : 1]++;
        }
        return counts;
    }

    private static RankSums whole(NavigableMap<Double, long[]> scores) {
        return walk(scores, new long[2]);
    }

    private static RankSums walk(NavigableMap<Double, long[]> scores, long[] below) {
        RankWalk walk = new RankWalk(POSITIVES, NEGATIVES, below[0], below[1]);
        for (Map.Entry<Double, long[]> score : scores.entrySet()) {
            walk.step(score.getKey(), score.getValue()[0], score.getValue()[1]);
        }
        return walk.sums();
    }
}

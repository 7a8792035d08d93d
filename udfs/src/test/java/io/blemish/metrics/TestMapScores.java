package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestMapScores {
    /**
     * 5 × 5 values with ties against a mask of 9 pixels: energy and IoU in NumPy 2.4.6, the best threshold by trying
     * them all, AUROC by scikit-learn 1.9.1.
     */
    @Test
    void twentyFivePixels() {
        boolean[] inside = new boolean[25];
        float[] map = new float[25];
        for (int row = 0; row < 5; row++) {
            for (int col = 0; col < 5; col++) {
                inside[5 * row + col] = (row * col + row) % 7 < 2;
                map[5 * row + col] = (row * 3 + col * 5) % 11 / 10f;
            }
        }
        MapScores scores = MapScores.of(new Grid(5, 5, map), CropMask.of(5, inside));

        assertThat(scores.energy()).isCloseTo(0.432, within(1e-6));
        assertThat(scores.iouHalf()).isCloseTo(0.35294117647058826, within(1e-12));
        assertThat(scores.iouBest()).isCloseTo(0.42105263157894735, within(1e-12));
        assertThat(scores.auroc()).isCloseTo(0.6354166666666666, within(1e-12));
        // The first of the pixels with 1.0 is (row 0, column 2), which belongs to the mask.
        assertThat(scores.hit()).isTrue();
    }

    @Test
    void constantMapHasTheMasksShareAsEnergyAndRanksNothing() {
        float[] map = new float[16];
        Arrays.fill(map, 0.3f);
        CropMask mask = square(4, 1, 2);

        assertThat(MapScores.energy(map, mask)).isCloseTo(mask.share(), within(1e-7));
        MapScores scores = MapScores.of(new Grid(4, 4, map), mask);
        assertThat(scores.auroc()).isEqualTo(0.5);
        assertThat(scores.iouBest()).isEqualTo(mask.share());
        assertThat(scores.hit()).isFalse();
    }

    @Test
    void zeroMapPointsNowhere() {
        MapScores scores = MapScores.of(new Grid(2, 2, new float[4]), square(8, 0, 3));

        assertThat(scores.hit()).isFalse();
        assertThat(scores.near()).isFalse();
        assertThat(scores.energy()).isZero();
        assertThat(scores.iouHalf()).isZero();
        assertThat(scores.auroc()).isEqualTo(0.5);
    }

    @Test
    void scaleChangesNothing() {
        Random random = new Random(5);
        float[] map = new float[49];
        float[] scaled = new float[49];
        for (int i = 0; i < 49; i++) {
            map[i] = random.nextFloat();
            scaled[i] = 1024 * map[i];
        }
        CropMask mask = square(28, 3, 9);

        assertThat(MapScores.of(new Grid(7, 7, scaled), mask)).isEqualTo(MapScores.of(new Grid(7, 7, map), mask));
    }

    @Test
    void growingFunctionOfTheMapChangesNoRank() {
        Random random = new Random(6);
        float[] map = new float[100];
        float[] changed = new float[100];
        for (int i = 0; i < 100; i++) {
            map[i] = random.nextFloat() - 0.5f;
            changed[i] = (float) Math.exp(5 * map[i]);
        }
        CropMask mask = square(10, 2, 4);

        assertThat(new RankedPixels(changed, mask).auroc()).isEqualTo(new RankedPixels(map, mask).auroc());
        assertThat(new RankedPixels(changed, mask).bestIou()).isEqualTo(new RankedPixels(map, mask).bestIou());
    }

    @Test
    void maskItselfIsThePerfectMap() {
        CropMask mask = square(10, 2, 4);
        float[] map = new float[100];
        for (int i = 0; i < 100; i++) {
            map[i] = mask.inside()[i] ? 1 : 0;
        }

        assertThat(MapScores.of(new Grid(10, 10, map), mask)).isEqualTo(new MapScores(true, true, 1, 1, 1, 1));
    }

    @Test
    void wholeCropAsMaskLeavesNothingToRank() {
        assertThat(MapScores.of(new Grid(1, 2, new float[] {0, 1}), square(4, 0, 4))
                        .auroc())
                .isNaN();
    }

    @Test
    void peakIsTheCentreOfItsCell() {
        // The cell (1, 0) of 2 × 2 over 8 pixels has its centre at (2, 6).
        Grid grid = new Grid(2, 2, new float[] {0, 0, 1, 0});
        boolean[] one = new boolean[64];
        one[6 * 8 + 2] = true;
        CropMask there = CropMask.of(8, one);
        boolean[] other = new boolean[64];
        other[6 * 8 + 5] = true;
        CropMask threeAway = CropMask.of(8, other);

        assertThat(PointingGame.hit(grid, there)).isTrue();
        assertThat(PointingGame.hit(grid, threeAway)).isFalse();
        assertThat(PointingGame.near(grid, threeAway, 2.9)).isFalse();
        assertThat(PointingGame.near(grid, threeAway, 3)).isTrue();
    }

    private static CropMask square(int side, int from, int length) {
        boolean[] inside = new boolean[side * side];
        for (int y = from; y < from + length; y++) {
            for (int x = from; x < from + length; x++) {
                inside[y * side + x] = true;
            }
        }
        return CropMask.of(side, inside);
    }
}

package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestNullMaps {
    private static final String ID = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /** 3 × 3: the corner lies 4/3 standard deviations away on both axes, exp(−16/9). */
    @Test
    void centreGaussian() {
        Grid gaussian = NullMaps.centreGaussian(3, 3);

        assertThat(gaussian.values()[4]).isEqualTo(1);
        assertThat(gaussian.values()[0]).isCloseTo((float) Math.exp(-16.0 / 9), within(1e-6f));
        assertThat(gaussian.values()[1]).isCloseTo((float) Math.exp(-8.0 / 9), within(1e-6f));
        assertThat(gaussian.descending()[0]).isEqualTo(4);
    }

    @Test
    void gaussianLooksTheSameFromAllSides() {
        float[] values = NullMaps.centreGaussian(6, 6).values();
        for (int row = 0; row < 6; row++) {
            for (int col = 0; col < 6; col++) {
                assertThat(values[6 * row + col]).isEqualTo(values[6 * col + row]);
                assertThat(values[6 * row + col]).isCloseTo(values[6 * (5 - row) + col], within(1e-7f));
            }
        }
    }

    @Test
    void randomMapBelongsToTheImage() {
        assertThat(NullMaps.random(ID, 7, 7).values())
                .containsExactly(NullMaps.random(ID, 7, 7).values())
                .isNotEqualTo(NullMaps.random("1" + ID.substring(1), 7, 7).values());
    }

    @Test
    void randomMapsHitAsOftenAsTheMaskIsLarge() {
        boolean[] inside = new boolean[49 * 4];
        for (int i = 0; i < 49; i++) {
            inside[i] = true;
        }
        CropMask quarter = CropMask.of(14, inside);
        int hits = 0;
        for (int image = 0; image < 4000; image++) {
            hits += PointingGame.hit(NullMaps.random(Long.toHexString(image * 0x9E3779B97F4A7C15L), 14, 14), quarter)
                    ? 1
                    : 0;
        }

        assertThat(hits / 4000.0).isCloseTo(0.25, within(0.03));
    }
}

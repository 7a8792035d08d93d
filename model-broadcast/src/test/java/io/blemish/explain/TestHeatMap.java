package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestHeatMap {
    @Test
    void normalisedMapRunsFromZeroToOne() {
        assertThat(map(1, 3, -2, 0, 6).normalised()).containsExactly(0, 0.25f, 1);
    }

    @Test
    void normalisingIgnoresScaleAndOffset() {
        Random random = new Random(1);
        float[] grid = new float[49];
        float[] other = new float[49];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat();
            other[i] = 8 * grid[i] - 3;
        }

        assertThat(map(7, 7, other).normalised())
                .containsExactly(map(7, 7, grid).normalised(), within(1e-6f));
    }

    @Test
    void flatMapIsZerosAndHasNoPeak() {
        HeatMap flat = map(2, 2, 5, 5, 5, 5);

        assertThat(flat.normalised()).containsOnly(0);
        assertThat(flat.peak(CropGeometry.of(10, 10, 4, CropRounding.HF))).isEmpty();
    }

    @Test
    void rangeBeyondFloatStaysFinite() {
        assertThat(map(1, 3, -Float.MAX_VALUE, 0, Float.MAX_VALUE).normalised()).containsExactly(0, 0.5f, 1);
    }

    @Test
    void clipCapXaiShowsNothingBelowItsSmallestRange() {
        float[] noise = {0, 5e-9f};

        assertThat(new HeatMap("x", Method.CLIPCAP_XAI, 1, 2, noise).normalised())
                .containsOnly(0);
        assertThat(new HeatMap("x", Method.RELEVANCE, 1, 2, noise).normalised()).containsExactly(0, 1);
    }

    @Test
    void upsamplingEqualsTorch() throws IOException {
        List<String> lines = Goldens.lines("bilinear.txt");
        assertThat(lines).hasSizeGreaterThan(2);
        for (int i = 0; i < lines.size(); i += 3) {
            float[] shape = Goldens.floats(lines.get(i));
            HeatMap map = map((int) shape[0], (int) shape[1], Goldens.floats(lines.get(i + 1)));

            assertThat(map.upsampled((int) shape[3], (int) shape[2]))
                    .as("grid and size %s; goldens.py makes the golden anew", lines.get(i))
                    .containsExactly(Goldens.floats(lines.get(i + 2)), within(2e-6f));
        }
    }

    @Test
    void peakIsTheCentreOfTheHottestPatchInSourcePixels() {
        float[] grid = new float[49];
        grid[2 * 7 + 5] = 1;
        // 600 x 400: the crop is the 400 x 400 in the middle.
        CropGeometry geometry = CropGeometry.of(600, 400, 224, CropRounding.TORCHVISION);

        Peak peak = map(7, 7, grid).peak(geometry).orElseThrow();

        assertThat(peak.x()).isCloseTo(100 + 5.5 * 400 / 7, within(0.5));
        assertThat(peak.y()).isCloseTo(2.5 * 400 / 7, within(0.5));
    }

    @Test
    void firstOfEqualPeaksWins() {
        CropGeometry geometry = CropGeometry.of(200, 200, 100, CropRounding.HF);

        assertThat(map(1, 4, 0, 1, 0, 1).peak(geometry)).contains(new Peak(75, 100));
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map(1, 2, 0, Float.NaN))
                .withMessage("the heat map of \"bruise\" contains NaN");
    }

    @Test
    void gridsOfAnotherSizeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map(7, 7, new float[50]))
                .withMessage("50 values do not fill a grid of 7 x 7");
    }

    @Test
    void equalMapsAreEqual() {
        assertThat(map(1, 2, 0, 1)).isEqualTo(map(1, 2, 0, 1)).hasSameHashCodeAs(map(1, 2, 0, 1));
        assertThat(map(1, 2, 0, 1)).isNotEqualTo(map(2, 1, 0, 1)).isNotEqualTo(map(1, 2, 0, 2));
    }

    private static HeatMap map(int rows, int cols, float... grid) {
        return new HeatMap("bruise", Method.RELEVANCE, rows, cols, grid);
    }
}

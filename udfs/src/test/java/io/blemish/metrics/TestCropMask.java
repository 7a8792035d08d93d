package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.error.UserException;
import io.blemish.image.Region;
import io.blemish.image.RgbImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestCropMask {
    @Test
    void everyPixelThatIsNotBlackCounts() {
        Mask mask = mask(Optional.empty(), "_.#", "___");

        assertThat(mask.at(0, 0)).isFalse();
        assertThat(mask.at(1, 0)).isTrue();
        assertThat(mask.at(2, 0)).isTrue();
        assertThat(mask.isEmpty()).isFalse();
        assertThat(mask(Optional.empty(), "__").isEmpty()).isTrue();
    }

    @Test
    void oneColourAloneCounts() {
        Mask mask = mask(Optional.of(Mask.colour("#0000FF")), "_.#");

        assertThat(mask.at(1, 0)).isFalse();
        assertThat(mask.at(2, 0)).isTrue();
    }

    @Test
    void colourMustBeSixDigits() {
        assertThat(Mask.colour("0000ff")).isEqualTo(255);
        assertThatThrownBy(() -> Mask.colour("blue"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("blue")
                .hasMessageContaining("RRGGBB");
    }

    @Test
    void coverageIsByArea() {
        // Two crop pixels of 1.5 source pixels a side, from (1, 0): x 1 to 2.5 and 2.5 to 4.
        Mask mask = mask(Optional.empty(), "#_##", "____", "####");

        float[] coverage = CropMask.coverage(mask, new Region(1, 0, 3, 3), 2);

        // Upper left: column 2 above, half of its width in this pixel: 0.5 of 2.25.
        assertThat(coverage[0]).isCloseTo(0.5f / 2.25f, within(1e-6f));
        assertThat(coverage[1]).isCloseTo(1.5f / 2.25f, within(1e-6f));
        assertThat(coverage[2]).isCloseTo(1.5f / 2.25f, within(1e-6f));
        assertThat(coverage[3]).isCloseTo(1.5f / 2.25f, within(1e-6f));
    }

    @Test
    void coverageKeepsTheArea() {
        Mask mask = mask(Optional.empty(), "##___", "#_#__", "_####", "__#__", "____#");
        float covered = 0;
        for (float share : CropMask.coverage(mask, new Region(0, 0, 5, 5), 7)) {
            covered += share * 25f / 49f;
        }

        assertThat(covered).isCloseTo(10, within(1e-4f));
    }

    @Test
    void whatLiesOutsideOfTheCropIsDropped() {
        assertThat(CropMask.coverage(mask(Optional.empty(), "#___", "____"), new Region(1, 0, 2, 2), 2))
                .containsOnly(0);
    }

    @Test
    void pixelsCoveredByHalfBelongToTheMask() {
        CropMask mask = CropMask.of(2, new float[] {0.49f, 0.5f, 1, 0});

        assertThat(mask.inside()).containsExactly(false, true, true, false);
        assertThat(mask.share()).isEqualTo(0.5);
    }

    @Test
    void thinMaskDoesNotVanish() {
        CropMask mask = CropMask.of(2, new float[] {0.1f, 0.3f, 0.2f, 0});

        assertThat(mask.inside()).containsExactly(false, true, true, false);
    }

    /** A picture of letters: {@code _} black, {@code .} dark red, {@code #} blue. */
    private static Mask mask(Optional<Integer> colour, String... rows) {
        byte[] rgb = new byte[3 * rows.length * rows[0].length()];
        int at = 0;
        for (String row : rows) {
            for (char pixel : row.toCharArray()) {
                rgb[at] = (byte) (pixel == '.' ? 1 : 0);
                rgb[at + 2] = (byte) (pixel == '#' ? 255 : 0);
                at += 3;
            }
        }
        return new Mask(new RgbImage(rows[0].length(), rows.length, rgb), colour);
    }
}

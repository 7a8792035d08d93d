package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Parts of decoded pictures. */
class TestRgbImage {
    private final RgbImage image = new RgbImage(3, 2, new byte[] {
        0, 1, 2, 10, 11, 12, 20, 21, 22,
        30, 31, 32, 40, 41, 42, 50, 51, 52
    });

    @Test
    void partHoldsItsPixels() {
        RgbImage part = image.part(1, 0, 2, 2);
        assertThat(part.width()).isEqualTo(2);
        assertThat(part.height()).isEqualTo(2);
        assertThat(part.rgb()).containsExactly(10, 11, 12, 20, 21, 22, 40, 41, 42, 50, 51, 52);
        assertThat(image.part(0, 0, 3, 2).rgb()).isEqualTo(image.rgb());
    }

    @Test
    void partMustLieInside() {
        assertThatIllegalArgumentException().isThrownBy(() -> image.part(2, 0, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> image.part(-1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> image.part(0, 0, 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> image.part(0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> image.part(0, Integer.MAX_VALUE, 1, 1));
    }
}

package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestCropGeometry {
    @Test
    void resizesTheShorterSideAndTruncatesTheLonger() {
        CropGeometry geometry = CropGeometry.of(500, 375, 224, CropRounding.TORCHVISION);
        assertThat(geometry).isEqualTo(new CropGeometry(500, 375, 298, 224, 37, 0, 224));
        assertThat(CropGeometry.of(375, 500, 224, CropRounding.HF).resizedHeight())
                .isEqualTo(298);
    }

    @Test
    void roundsHalfToEvenLikeTorchvision() {
        assertThat(CropRounding.TORCHVISION.offset(1)).isZero();
        assertThat(CropRounding.TORCHVISION.offset(3)).isEqualTo(2);
        assertThat(CropRounding.TORCHVISION.offset(5)).isEqualTo(2);
        assertThat(CropRounding.TORCHVISION.offset(7)).isEqualTo(4);
        assertThat(CropRounding.HF.offset(7)).isEqualTo(3);
    }

    /** Law: the cells of a grid tile the region without gap or overlap. */
    @Test
    void laysPatchesOverTheRegion() {
        CropGeometry geometry = CropGeometry.of(1200, 777, 224, CropRounding.TORCHVISION);
        Region region = geometry.region();
        Region first = geometry.region().cell(0, 0, 7, 7);
        Region last = geometry.region().cell(6, 6, 7, 7);
        assertThat(first.x()).isEqualTo(region.x());
        assertThat(first.y()).isEqualTo(region.y());
        assertThat(last.x() + last.width()).isCloseTo(region.x() + region.width(), within(1e-9));
        assertThat(last.y() + last.height()).isCloseTo(region.y() + region.height(), within(1e-9));
        assertThat(geometry.region().cell(3, 2, 7, 7).x() + first.width())
                .isCloseTo(geometry.region().cell(3, 3, 7, 7).x(), within(1e-9));
    }

    @Test
    void coversAllOfASquarePhotograph() {
        assertThat(CropGeometry.of(100, 100, 224, CropRounding.TORCHVISION).region())
                .isEqualTo(new Region(0, 0, 100, 100));
    }

    @Test
    void refusesNothingness() {
        assertThatThrownBy(() -> CropGeometry.of(0, 10, 224, CropRounding.HF)).hasMessage("no crop of 224 from 0 x 10");
    }
}

package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import org.junit.jupiter.api.Test;

class TestTileStyle {
    @Test
    void defaults() {
        assertThat(TileStyle.defaults()).isEqualTo(new TileStyle(512, 0.6, ColourMap.MAGMA, 0.5, 0.5));
    }

    @Test
    void sizeHasBounds() {
        assertThatThrownBy(() -> new TileStyle(63, 0.6, ColourMap.MAGMA, 0.5, 0.5))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot draw tiles: the size is out of range (63). "
                        + "Give the longer side in pixels, 64 to 4096.");
        assertThatThrownBy(() -> new TileStyle(5000, 0.6, ColourMap.MAGMA, 0.5, 0.5))
                .hasMessageContaining("the size is out of range (5000)");
    }

    @Test
    void jetIsRefused() {
        assertThatThrownBy(() -> new TileStyle(512, 0.6, ColourMap.JET, 0.5, 0.5))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot draw tiles: the colour map is for CLIPCap-XAI's maps only (jet). "
                        + "Use one of viridis, cividis, magma, plasma.");
    }

    @Test
    void sharesLieBetweenZeroAndOne() {
        assertThatThrownBy(() -> new TileStyle(512, 1.5, ColourMap.MAGMA, 0.5, 0.5))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot draw tiles: the opacity is out of range (1.5). Give a number from 0 to 1.");
        assertThatThrownBy(() -> new TileStyle(512, 0.6, ColourMap.MAGMA, -0.1, 0.5))
                .hasMessageContaining("the contour is out of range (-0.1)");
        assertThatThrownBy(() -> new TileStyle(512, 0.6, ColourMap.MAGMA, 0.5, Double.NaN))
                .hasMessageContaining("the threshold is out of range (NaN)");
    }
}

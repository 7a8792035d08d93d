package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class TestColourMap {
    @Test
    void jetEqualsMatplotlib() throws IOException {
        StringBuilder colours = new StringBuilder();
        for (int step = 0; step < 256; step++) {
            colours.append(hex(ColourMap.JET.rgb(step / 256.0)));
        }

        assertThat(colours).hasToString(Goldens.lines("clipcap-xai.txt").get(0));
        assertThat(ColourMap.JET.rgb(1)).isEqualTo(0x7F0000);
    }

    @Test
    void endsEqualThePublishedTables() {
        assertThat(hex(ColourMap.VIRIDIS.rgb(0)) + hex(ColourMap.VIRIDIS.rgb(1)))
                .isEqualTo("440154fde725");
        assertThat(hex(ColourMap.CIVIDIS.rgb(0)) + hex(ColourMap.CIVIDIS.rgb(1)))
                .isEqualTo("00224efee838");
        assertThat(hex(ColourMap.MAGMA.rgb(0)) + hex(ColourMap.MAGMA.rgb(1))).isEqualTo("000004fcfdbf");
        assertThat(hex(ColourMap.PLASMA.rgb(0)) + hex(ColourMap.PLASMA.rgb(1))).isEqualTo("0d0887f0f921");
    }

    /** Whoever sees no hue at all must still see what is more relevant. */
    @Test
    void allButJetGrowLighter() {
        for (ColourMap map : EnumSet.complementOf(EnumSet.of(ColourMap.JET))) {
            for (int step = 8; step < 256; step += 8) {
                assertThat(Canvas.luma(map.rgb(step / 256.0)))
                        .as("%s at %d", map, step)
                        .isGreaterThan(Canvas.luma(map.rgb((step - 8) / 256.0)));
            }
        }
    }

    @Test
    void valuesOutsideTakeTheNearestEnd() {
        assertThat(ColourMap.MAGMA.rgb(-1)).isEqualTo(ColourMap.MAGMA.rgb(0));
        assertThat(ColourMap.MAGMA.rgb(7)).isEqualTo(ColourMap.MAGMA.rgb(1));
    }

    @Test
    void labelsAreParsedBack() {
        for (ColourMap map : ColourMap.values()) {
            assertThat(ColourMap.parse(map.label())).isSameAs(map);
        }
    }

    @Test
    void unknownNameIsTheUsersMistake() {
        assertThatThrownBy(() -> ColourMap.parse("rainbow"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot draw tiles: there is no colour map of that name (rainbow). "
                        + "Use one of viridis, cividis, magma, plasma.");
    }

    /** The colours that CLIPCap-XAI's legend has for three and for five descriptions. */
    @Test
    void clipCapXaiPaletteStepsThroughJet() {
        assertThat(Palette.clipCapXai(1)).containsExactly(0x00007F);
        assertThat(Palette.clipCapXai(3)).containsExactly(0x00007F, 0x00D4FF, 0xFFE500);
        assertThat(Palette.clipCapXai(5)).containsExactly(0x00007F, 0x004CFF, 0x29FFCD, 0xCDFF29, 0xFF6700);
    }

    @Test
    void distinctPaletteRepeatsAfterSeven() {
        int[] colours = Palette.distinct(9);

        assertThat(colours).startsWith(0xD55E00, 0x56B4E9).endsWith(0xD55E00, 0x56B4E9);
        assertThat(Palette.distinct(7)).doesNotHaveDuplicates();
    }

    private static String hex(int colour) {
        return Integer.toHexString(0x1000000 | colour).substring(1);
    }
}

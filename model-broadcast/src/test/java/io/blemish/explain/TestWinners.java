package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.RgbImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wins where, and the rules of CLIPCap-XAI's pictures. */
class TestWinners {
    private static final int VERMILLION = 0xD55E00;

    @Test
    void winnersEqualNumpy() throws IOException {
        List<String> lines = Goldens.lines("winners.txt");
        List<HeatMap> maps = lines.subList(0, 3).stream()
                .map(line -> new HeatMap("bruise", Method.RELEVANCE, 7, 7, Goldens.floats(line)))
                .toList();

        int[] winners = new WinnerLayer(Placement.of(View.of(square(40)), 40), maps, 0.5).winners();

        float[] golden = Goldens.floats(lines.get(3));
        for (int i = 0; i < golden.length; i++) {
            assertThat(winners[i]).as("pixel %d, %d", i % 40, i / 40).isEqualTo((int) golden[i]);
        }
    }

    @Test
    void tiesGoToTheBetterRank() {
        HeatMap map = new HeatMap("bruise", Method.RELEVANCE, 7, 7, TestOverlay.hot(7, 3, 3));

        int[] winners = new WinnerLayer(Placement.of(View.of(square(40)), 40), List.of(map, map), 0.5).winners();

        assertThat(winners).contains(0).doesNotContain(1);
    }

    @Test
    void valuesAtTheThresholdDoNotWin() {
        HeatMap map = new HeatMap("bruise", Method.RELEVANCE, 1, 2, new float[] {0, 1});

        assertThat(new WinnerLayer(Placement.of(View.of(square(40)), 40), List.of(map), 1).winners())
                .containsOnly(WinnerLayer.NOBODY);
    }

    @Test
    void flatMapsWinNothing() {
        HeatMap flat = new HeatMap("bruise", Method.RELEVANCE, 7, 7, new float[49]);

        assertThat(new WinnerLayer(Placement.of(View.of(square(40)), 40), List.of(flat, flat), 0).winners())
                .containsOnly(WinnerLayer.NOBODY);
    }

    @Test
    void winnerIsOutlinedInItsColour() {
        RgbImage photograph = new RgbImage(300, 300, new byte[3 * 300 * 300]);
        Overlay overlay = Overlay.of(photograph, square(300), TileStyle.defaults());

        RgbImage tile = overlay.combined(List.of(TestOverlay.evidence(1, Method.RELEVANCE, TestOverlay.hot(7, 3, 3))));

        // The patch begins at 3/7 of 512 pixels, 219.4; the row lies half a pixel off its middle.
        assertThat(TestOverlay.pixel(tile, 219, 256)).isZero();
        assertThat(TestOverlay.pixel(tile, 220, 256)).isEqualTo(VERMILLION);
        assertThat(TestOverlay.pixel(tile, 223, 256)).isEqualTo(Canvas.mix(0, VERMILLION, 0.45));
    }

    @Test
    void clipCapXaiMapEqualsPillow() throws IOException {
        List<String> lines = Goldens.lines("clipcap-xai.txt");
        RgbImage photograph = new RgbImage(40, 40, HexFormat.of().parseHex(lines.get(1)));
        Canvas canvas = new Canvas(40, 40, 0);
        canvas.draw(photograph, 0, 0);
        HeatMap map = new HeatMap("bruise", Method.CLIPCAP_XAI, 7, 7, Goldens.floats(lines.get(2)));

        new HeatLayer(canvas, 0, Placement.of(View.of(square(40)), 40), map).paintClipCapXai();

        byte[] golden = HexFormat.of().parseHex(lines.get(3));
        byte[] painted = canvas.image().rgb();
        for (int i = 0; i < golden.length; i++) {
            // Pillow rounds to 8 bits between the two passes of its resampling.
            assertThat(Math.abs((painted[i] & 255) - (golden[i] & 255)))
                    .as("sample %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void clipCapXaiCombinedTileIsFlatJetAtConstantOpacity() {
        RgbImage photograph = new RgbImage(512, 512, new byte[3 * 512 * 512]);
        TileStyle style = new TileStyle(512, 0.4, ColourMap.MAGMA, 0.5, 0.4);
        List<Evidence> evidence = List.of(
                TestOverlay.evidence(1, Method.CLIPCAP_XAI, TestOverlay.hot(7, 1, 1)),
                TestOverlay.evidence(2, Method.CLIPCAP_XAI, TestOverlay.hot(7, 5, 5)),
                TestOverlay.evidence(3, Method.CLIPCAP_XAI, TestOverlay.hot(7, 1, 5)));

        RgbImage tile = Overlay.of(photograph, square(512), style).combined(evidence);

        int[] colours = new int[512 * 512];
        Arrays.setAll(colours, i -> TestOverlay.pixel(tile, i % 512, i / 512));
        assertThat(Arrays.stream(colours).distinct())
                .containsExactlyInAnyOrder(
                        0, Canvas.mix(0, 0x00007F, 0.4), Canvas.mix(0, 0x00D4FF, 0.4), Canvas.mix(0, 0xFFE500, 0.4));
    }

    @Test
    void clipCapXaiDrawsOneDescriptionToo() {
        CropGeometry geometry = CropGeometry.of(60, 40, 32, CropRounding.HF);
        Overlay overlay = Overlay.of(TestOverlay.noise(60, 40), geometry, TileStyle.defaults());

        RgbImage tile =
                overlay.combined(List.of(TestOverlay.evidence(1, Method.CLIPCAP_XAI, TestOverlay.hot(7, 3, 3))));

        assertThat(tile.width()).isEqualTo(512);
    }

    private static CropGeometry square(int side) {
        return CropGeometry.of(side, side, 224, CropRounding.TORCHVISION);
    }
}

package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestOverlay {
    private static final TileStyle STYLE = TileStyle.defaults();
    private static final float[] HOT = hot(7, 2, 4);

    @Test
    void tileShowsTheWholePhotographAboveItsWords() {
        RgbImage tile = overlay(600, 400).tile(evidence(1, Method.RELEVANCE, HOT));

        assertThat(tile.width()).isEqualTo(512);
        assertThat(tile.height()).isGreaterThan(341 + 40);
        assertThat(darkPixels(tile, 341, tile.height())).isGreaterThan(300);
    }

    @Test
    void tallPhotographGetsPaperAtItsSides() {
        Overlay overlay = overlay(100, 400);
        RgbImage tile = overlay.tile(evidence(1, Method.RELEVANCE, HOT));

        assertThat(tile.width()).isEqualTo(320);
        assertThat(overlay.offset()).isEqualTo(96);
        assertThat(pixel(tile, 95, 256)).isEqualTo(0xFFFFFF);
        assertThat(pixel(tile, 96, 256)).isNotEqualTo(0xFFFFFF);
    }

    @Test
    void whatTheModelDidNotSeeIsTheSameOnEveryTile() {
        Overlay overlay = overlay(600, 400);
        RgbImage first = overlay.tile(evidence(1, Method.RELEVANCE, HOT));
        RgbImage second = overlay.tile(evidence(2, Method.CLIPCAP_XAI, hot(7, 0, 0)));

        Placement placement = overlay.placement();
        for (int y = 0; y < placement.height(); y++) {
            for (int x = 0; x < placement.width(); x++) {
                if (!placement.sees(x, y)) {
                    int colour = pixel(first, x, y);
                    assertThat(colour).isEqualTo(pixel(second, x, y));
                    assertThat(colour >> 16 & 255).as("grey at %d, %d", x, y).isEqualTo(colour & 255);
                }
            }
        }
    }

    @Test
    void relevantPlacesTakeTheColourOfTheMap() {
        TileStyle opaque = new TileStyle(512, 1, ColourMap.VIRIDIS, 0, 0.5);
        RgbImage tile = Overlay.of(noise(300, 300), square(300), opaque)
                .tile(evidence(1, Method.RELEVANCE, new float[] {0, 0, 0, 1, 1, 1, 1, 1, 1}));

        assertThat(pixel(tile, 400, 500)).isEqualTo(ColourMap.VIRIDIS.rgb(1));
    }

    @Test
    void withoutOpacityContourAndPeakThePhotographIsUntouched() {
        TileStyle clear = new TileStyle(512, 0, ColourMap.MAGMA, 0, 0.5);
        RgbImage photograph = noise(512, 512);

        RgbImage tile = Overlay.of(photograph, square(512), clear).tile(evidence(1, Method.RELEVANCE, new float[49]));

        assertThat(Arrays.copyOf(tile.rgb(), photograph.rgb().length)).isEqualTo(photograph.rgb());
    }

    @Test
    void peakIsMarked() {
        RgbImage tile = overlay(400, 400).tile(evidence(1, Method.RELEVANCE, HOT));

        int x = (int) (4.5 * 512 / 7);
        int y = (int) (2.5 * 512 / 7);
        assertThat(pixel(tile, x + 6, y)).isEqualTo(0xFFFFFF);
        assertThat(pixel(tile, x, y - 6)).isEqualTo(0xFFFFFF);
    }

    @Test
    void everyShapeOfPhotographAndGridIsDrawn() {
        int[][] shapes = {{40, 27}, {1, 1}, {16, 1}, {1, 16}, {960, 60}, {60, 960}, {900, 600}, {224, 224}};
        for (int[] shape : shapes) {
            for (int size : new int[] {64, 512}) {
                TileStyle style = new TileStyle(size, 0.6, ColourMap.MAGMA, 0.5, 0.5);
                CropGeometry geometry = CropGeometry.of(shape[0], shape[1], 224, CropRounding.TORCHVISION);
                Overlay overlay = Overlay.of(noise(shape[0], shape[1]), geometry, style);
                for (int side : new int[] {1, 7, 14, 16}) {
                    Evidence evidence = evidence(1, Method.RELEVANCE, hot(side, side / 2, 0));
                    assertThat(overlay.tile(evidence).width()).isGreaterThanOrEqualTo(size * 5 / 8);
                    assertThat(overlay.combined(List.of(evidence)).width()).isGreaterThanOrEqualTo(size * 5 / 8);
                }
            }
        }
    }

    @Test
    void anyTextIsDrawn() {
        for (String description : List.of("", "\u0000\n", "x".repeat(5000), "褐腐病 🍎", "\uD800", "<b>&amp;")) {
            HeatMap map = new HeatMap(description, Method.GRADCAM, 7, 7, HOT);

            RgbImage tile = overlay(60, 40).tile(new Evidence(1, 0.00001, map));

            assertThat(tile.height()).as(description).isBetween(341 + 30, 341 + 150);
        }
    }

    @Test
    void manyDescriptionsFit() {
        List<Evidence> evidence = new ArrayList<>();
        for (int rank = 1; rank <= 30; rank++) {
            evidence.add(evidence(rank, Method.RELEVANCE, hot(7, rank % 7, rank / 7)));
        }

        assertThat(overlay(400, 300).combined(evidence).height()).isGreaterThan(384 + 30 * 15);
    }

    @Test
    void equalInputGivesEqualPixels() {
        Evidence evidence = evidence(1, Method.RELEVANCE, HOT);

        assertThat(overlay(600, 400).tile(evidence).rgb())
                .isEqualTo(overlay(600, 400).tile(evidence).rgb());
    }

    @Test
    void photographDecodedAtAReducedScaleIsAccepted() {
        CropGeometry geometry = CropGeometry.of(3001, 1999, 224, CropRounding.HF);

        RgbImage tile = Overlay.of(noise(751, 500), geometry, STYLE).tile(evidence(1, Method.RELEVANCE, HOT));

        assertThat(tile.width()).isEqualTo(512);
    }

    @Test
    void photographOfAnotherShapeIsRefused() {
        CropGeometry geometry = CropGeometry.of(400, 600, 224, CropRounding.HF);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Overlay.of(noise(600, 400), geometry, STYLE))
                .withMessage("a picture of 600 x 400 is no photograph of 400 x 600");
    }

    @Test
    void combinedTileNeedsOneMethod() {
        Overlay overlay = overlay(60, 40);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        overlay.combined(List.of(evidence(1, Method.RELEVANCE, HOT), evidence(2, Method.GRADCAM, HOT))))
                .withMessage("a combined tile needs maps of one method, not of [RELEVANCE, GRADCAM]");
        assertThatIllegalArgumentException().isThrownBy(() -> overlay.combined(List.of()));
    }

    @Test
    void evidenceHasRanges() {
        HeatMap map = new HeatMap("bruise", Method.RELEVANCE, 7, 7, HOT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(0, 0.5, map))
                .withMessage("rank 0 is below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(1, Double.NaN, map))
                .withMessage("probability NaN is outside [0, 1]");
    }

    static float[] hot(int side, int row, int column) {
        float[] grid = new float[side * side];
        grid[row * side + column] = 1;
        return grid;
    }

    static Evidence evidence(int rank, Method method, float[] grid) {
        int side = (int) Math.sqrt(grid.length);
        return new Evidence(rank, 1.0 / (1 + rank), new HeatMap("black rot", method, side, side, grid));
    }

    static int pixel(RgbImage image, int x, int y) {
        int offset = 3 * (y * image.width() + x);
        byte[] rgb = image.rgb();
        return (rgb[offset] & 255) << 16 | (rgb[offset + 1] & 255) << 8 | (rgb[offset + 2] & 255);
    }

    static RgbImage noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(4).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static Overlay overlay(int width, int height) {
        return Overlay.of(noise(width, height), CropGeometry.of(width, height, 224, CropRounding.TORCHVISION), STYLE);
    }

    private static CropGeometry square(int side) {
        return CropGeometry.of(side, side, 224, CropRounding.TORCHVISION);
    }

    private static int darkPixels(RgbImage image, int from, int to) {
        int dark = 0;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < image.width(); x++) {
                dark += Canvas.luma(pixel(image, x, y)) < 128 ? 1 : 0;
            }
        }
        return dark;
    }
}

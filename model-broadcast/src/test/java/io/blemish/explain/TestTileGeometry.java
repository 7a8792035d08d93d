package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.image.Bicubic;
import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.Region;
import io.blemish.image.RgbImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The law of the tiles: what is painted lies over what the model saw there.
 *
 * <p>A photograph is black but for one white patch. What preprocessing hands to the model is averaged patch by patch:
 * that is the heat map of a model that looks for white. Its tile must paint the white patch and nothing else.
 */
class TestTileGeometry {
    private static final TileStyle STYLE = new TileStyle(600, 1, ColourMap.MAGMA, 0, 0.5);

    @Test
    void heatLiesOverWhatTheModelSaw() {
        long seed = 11;
        Random random = new Random(seed);
        int[][] shapes = {{600, 400}, {400, 600}, {601, 399}, {333, 1000}, {900, 224}, {300, 300}};
        for (int[] shape : shapes) {
            for (int side : new int[] {7, 14, 16}) {
                CropRounding rounding = random.nextBoolean() ? CropRounding.TORCHVISION : CropRounding.HF;
                CropGeometry geometry = CropGeometry.of(shape[0], shape[1], 224, rounding);
                Region patch = geometry.region().cell(random.nextInt(side), random.nextInt(side), side, side);
                RgbImage photograph = whiteIn(patch, shape[0], shape[1]);

                Region painted = painted(photograph, geometry, side);

                String what = shape[0] + " x " + shape[1] + ", " + side + " patches, " + patch + ", seed " + seed;
                double scale = 600.0 / Math.max(shape[0], shape[1]);
                double pixel = coarserPixel(scale);
                assertThat(painted.x()).as(what).isCloseTo(patch.x() * scale, within(pixel));
                assertThat(painted.y()).as(what).isCloseTo(patch.y() * scale, within(pixel));
                assertThat(painted.width()).as(what).isCloseTo(patch.width() * scale, within(2 * pixel));
                assertThat(painted.height()).as(what).isCloseTo(patch.height() * scale, within(2 * pixel));
            }
        }
    }

    /** One pixel of the tile, or of the photograph where that is coarser. */
    private static double coarserPixel(double scale) {
        return Math.max(1, scale) + 1e-6;
    }

    /** White where a pixel's centre lies in the region. */
    private static RgbImage whiteIn(Region region, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = x + 0.5 >= region.x()
                        && x + 0.5 < region.x() + region.width()
                        && y + 0.5 >= region.y()
                        && y + 0.5 < region.y() + region.height();
                for (int channel = 0; channel < 3; channel++) {
                    rgb[3 * (y * width + x) + channel] = (byte) (inside ? 255 : 0);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** How bright each patch of the model's input is on the average. */
    private static float[] brightness(RgbImage photograph, CropGeometry geometry, int patches) {
        int side = geometry.side();
        byte[] pixels = new byte[3 * side * side];
        Bicubic.resizeAndCrop(photograph, geometry, pixels, 0);
        float[] grid = new float[patches * patches];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                grid[y * patches / side * patches + x * patches / side] += pixels[y * side + x] & 255;
            }
        }
        return grid;
    }

    /**
     * The bounds of what a combined tile colours: where bilinear interpolation exceeds one half, which is the patch
     * itself. The method is the one whose regions bear no number, which may be larger than a patch.
     */
    private static Region painted(RgbImage photograph, CropGeometry geometry, int side) {
        Overlay overlay = Overlay.of(photograph, geometry, STYLE);
        float[] bright = brightness(photograph, geometry, side);
        RgbImage with = overlay.combined(List.of(TestOverlay.evidence(1, Method.CLIPCAP_XAI, bright)));
        RgbImage without =
                overlay.combined(List.of(TestOverlay.evidence(1, Method.CLIPCAP_XAI, new float[side * side])));
        Placement placement = overlay.placement();
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < placement.height(); y++) {
            for (int x = 0; x < placement.width(); x++) {
                int column = overlay.offset() + x;
                if (TestOverlay.pixel(with, column, y) != TestOverlay.pixel(without, column, y)) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new Region(left, top, right - left, bottom - top);
    }
}

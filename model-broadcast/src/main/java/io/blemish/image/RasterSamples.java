package io.blemish.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Turns the samples of a raster into RGB as Pillow does: grey is repeated, alpha is dropped, 16 bits lose their low
 * byte, fewer than 8 bits are stretched to 0…255. The colour space of the image is not asked, because Java's conversion
 * brightens grey and applies profiles.
 */
final class RasterSamples {
    private RasterSamples() {}

    /** The pixels of an image as a reader made it. */
    static RgbImage ofImage(BufferedImage image) throws IOException {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int[] colours = new int[palette.getMapSize()];
            palette.getRGBs(colours);
            return indexed(raster, colours);
        }
        if (image.getColorModel() instanceof PackedColorModel) {
            return component(raster, 3);
        }

        return ofRaster(raster);
    }

    /** The pixels of grey, grey and alpha, RGB, or RGB and alpha samples. */
    static RgbImage ofRaster(Raster raster) throws IOException {
        int bands = raster.getNumBands();
        if (bands == 3 && isInterleavedRgb(raster)) {
            return new RgbImage(
                    raster.getWidth(), raster.getHeight(), ((DataBufferByte) raster.getDataBuffer()).getData());
        }
        if (bands < 1 || bands > 4) {
            throw new IIOException("pictures of " + bands + " channels are not decoded");
        }

        return component(raster, bands);
    }

    /** The pixels of indices into a palette of {@code 0xRRGGBB}; an index beyond it is black. */
    static RgbImage indexed(Raster raster, int[] palette) {
        int width = raster.getWidth();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                int colour = index < palette.length ? palette[index] : 0;
                rgb[to++] = (byte) (colour >> 16);
                rgb[to++] = (byte) (colour >> 8);
                rgb[to++] = (byte) colour;
            }
        }

        return new RgbImage(width, raster.getHeight(), rgb);
    }

    private static RgbImage component(Raster raster, int bands) {
        int width = raster.getWidth();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[width];
        for (int channel = 0; channel < 3; channel++) {
            int band = bands < 3 ? 0 : channel;
            int bits = raster.getSampleModel().getSampleSize(band);
            int largest = bits < 8 ? (1 << bits) - 1 : 255;
            int surplus = Math.max(0, bits - 8);
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
                int to = 3 * y * width + channel;
                for (int x = 0; x < width; x++) {
                    rgb[to + 3 * x] = (byte) ((row[x] >>> surplus) * 255 / largest);
                }
            }
        }

        return new RgbImage(width, raster.getHeight(), rgb);
    }

    private static boolean isInterleavedRgb(Raster raster) {
        return raster.getSampleModel() instanceof ComponentSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte data
                && data.getNumBanks() == 1
                && data.getData().length == 3 * raster.getWidth() * raster.getHeight()
                && model.getPixelStride() == 3
                && model.getScanlineStride() == 3 * raster.getWidth()
                && model.getBandOffsets()[0] == 0
                && model.getBandOffsets()[1] == 1
                && model.getBandOffsets()[2] == 2;
    }
}

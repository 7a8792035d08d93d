package io.blemish.image;

/**
 * Pillow's antialiased bicubic resampling, to the bit: a cubic with a = −0.5 stretched over the source pixels that fall
 * on one target pixel, weights in fixed point with 22 fractional bits, the horizontal pass first and rounded to 8 bits,
 * then the vertical one (Pillow, {@code src/libImaging/Resample.c}).
 */
public final class Bicubic {
    private Bicubic() {}

    /** The whole picture at another size, as {@code image.resize((width, height), BICUBIC)}. */
    public static RgbImage resize(RgbImage image, int width, int height) {
        byte[] planar = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        ResampleWeights columns = ResampleWeights.of(image.width(), width, 0, width);
        ResampleWeights rows = ResampleWeights.of(image.height(), height, 0, height);
        new Resampler(image, columns, rows).write(planar, 0);
        return interleaved(planar, width, height);
    }

    /**
     * The centre crop of the resized picture, computing nothing that lies outside it.
     *
     * @param image the photograph, or in {@link DecodeMode#FAST} a smaller copy of it
     * @param geometry of the photograph
     * @param target receives {@code 3 × side × side} samples, channel by channel, each by rows
     * @param offset of the first sample in {@code target}
     */
    public static void resizeAndCrop(RgbImage image, CropGeometry geometry, byte[] target, int offset) {
        int side = geometry.side();
        int left = geometry.left();
        int top = geometry.top();
        int reduction = reduction(image, geometry);
        double width = (double) geometry.sourceWidth() / reduction;
        double height = (double) geometry.sourceHeight() / reduction;
        ResampleWeights columns = ResampleWeights.of(width, image.width(), geometry.resizedWidth(), left, left + side);
        ResampleWeights rows = ResampleWeights.of(height, image.height(), geometry.resizedHeight(), top, top + side);
        new Resampler(image, columns, rows).write(target, offset);
    }

    private static int reduction(RgbImage image, CropGeometry geometry) {
        for (int reduction = 1; reduction <= 8; reduction *= 2) {
            if (image.width() == (geometry.sourceWidth() + reduction - 1) / reduction
                    && image.height() == (geometry.sourceHeight() + reduction - 1) / reduction) {
                return reduction;
            }
        }

        throw new IllegalArgumentException(
                image.width() + " x " + image.height() + " pixels are no reduction of " + geometry);
    }

    private static RgbImage interleaved(byte[] planar, int width, int height) {
        int plane = width * height;
        byte[] rgb = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            rgb[3 * i] = planar[i];
            rgb[3 * i + 1] = planar[plane + i];
            rgb[3 * i + 2] = planar[2 * plane + i];
        }

        return new RgbImage(width, height, rgb);
    }
}

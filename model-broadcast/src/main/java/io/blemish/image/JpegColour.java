package io.blemish.image;

import java.util.List;

/** What the components of a JPEG are, and how they become RGB: libjpeg's upsampling and integer colour conversion. */
enum JpegColour {
    GREY,
    RGB,
    YCC;

    private static final int HALF = 1 << 15;
    private static final int[] RED_OF_CR = new int[256];
    private static final int[] GREEN_OF_CR = new int[256];
    private static final int[] GREEN_OF_CB = new int[256];
    private static final int[] BLUE_OF_CB = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int value = i - 128;
            RED_OF_CR[i] = (fixed(1.40200) * value + HALF) >> 16;
            BLUE_OF_CB[i] = (fixed(1.77200) * value + HALF) >> 16;
            GREEN_OF_CR[i] = -fixed(0.71414) * value;
            GREEN_OF_CB[i] = -fixed(0.34414) * value + HALF;
        }
    }

    /**
     * Makes the picture.
     *
     * @param smooth whether halved components are interpolated; at 1/8 libjpeg repeats them
     */
    RgbImage compose(List<JpegComponent> components, int width, int height, boolean smooth)
            throws IrregularJpegException {
        byte[] rgb = new byte[3 * width * height];
        JpegUpsampler[] planes = new JpegUpsampler[components.size()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = new JpegUpsampler(components.get(i), width, height, smooth);
        }
        for (int y = 0; y < height; y++) {
            for (JpegUpsampler plane : planes) {
                plane.row(y);
            }
            switch (this) {
                case GREY -> copy(planes[0], planes[0], planes[0], rgb, 3 * y * width, width);
                case RGB -> copy(planes[0], planes[1], planes[2], rgb, 3 * y * width, width);
                case YCC -> convert(planes, rgb, 3 * y * width, width);
            }
        }

        return new RgbImage(width, height, rgb);
    }

    private static void copy(
            JpegUpsampler red, JpegUpsampler green, JpegUpsampler blue, byte[] rgb, int start, int width) {
        int to = start;
        for (int x = 0; x < width; x++) {
            rgb[to++] = red.samples()[red.from() + x];
            rgb[to++] = green.samples()[green.from() + x];
            rgb[to++] = blue.samples()[blue.from() + x];
        }
    }

    private static void convert(JpegUpsampler[] planes, byte[] rgb, int start, int width) {
        byte[] luminance = planes[0].samples();
        byte[] blueness = planes[1].samples();
        byte[] redness = planes[2].samples();
        int luminanceAt = planes[0].from();
        int bluenessAt = planes[1].from();
        int rednessAt = planes[2].from();
        int to = start;
        for (int x = 0; x < width; x++, to += 3) {
            int y = luminance[luminanceAt + x] & 0xff;
            int cb = blueness[bluenessAt + x] & 0xff;
            int cr = redness[rednessAt + x] & 0xff;
            toRgb(y, cb, cr, rgb, to);
        }
    }

    /** One pixel by libjpeg's tables, whose rounding it keeps. */
    static void toRgb(int y, int cb, int cr, byte[] rgb, int to) {
        rgb[to] = clip(y + RED_OF_CR[cr]);
        rgb[to + 1] = clip(y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> 16));
        rgb[to + 2] = clip(y + BLUE_OF_CB[cb]);
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fixed(double factor) {
        return (int) (factor * 65536 + 0.5);
    }
}

package io.blemish.explain;

import io.blemish.image.RgbImage;

/**
 * A picture to paint on. Colours are {@code 0xRRGGBB}, alphas in [0, 1]; what falls outside the picture is dropped.
 *
 * <p>It needs no {@code java.awt.Graphics2D}, hence no font configuration and no display, and its pixels are the same
 * on every machine.
 */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[] rgb;

    Canvas(int width, int height, int colour) {
        this.width = width;
        this.height = height;
        this.rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        fill(0, 0, width, height, colour);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The picture, without a copy. */
    RgbImage image() {
        return new RgbImage(width, height, rgb);
    }

    int get(int x, int y) {
        int offset = 3 * (y * width + x);
        return (rgb[offset] & 255) << 16 | (rgb[offset + 1] & 255) << 8 | (rgb[offset + 2] & 255);
    }

    void set(int x, int y, int colour) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }

        int offset = 3 * (y * width + x);
        rgb[offset] = (byte) (colour >> 16);
        rgb[offset + 1] = (byte) (colour >> 8);
        rgb[offset + 2] = (byte) colour;
    }

    /** Lays a colour over a pixel. */
    void blend(int x, int y, int colour, double alpha) {
        if (x < 0 || y < 0 || x >= width || y >= height || alpha <= 0) {
            return;
        }

        set(x, y, mix(get(x, y), colour, alpha));
    }

    void fill(int left, int top, int columns, int rows, int colour) {
        for (int y = top; y < top + rows; y++) {
            for (int x = left; x < left + columns; x++) {
                set(x, y, colour);
            }
        }
    }

    /** Copies a picture to the given place. */
    void draw(RgbImage image, int left, int top) {
        byte[] source = image.rgb();
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(source, 3 * y * image.width(), rgb, 3 * ((top + y) * width + left), 3 * image.width());
        }
    }

    /** A ring with smooth edges; a radius of half the thickness makes it a disc. */
    void ring(double centreX, double centreY, double radius, double thickness, int colour, double alpha) {
        double reach = radius + thickness / 2 + 1;
        for (int y = (int) (centreY - reach); y <= centreY + reach; y++) {
            for (int x = (int) (centreX - reach); x <= centreX + reach; x++) {
                double distance = Math.abs(Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) - radius);
                blend(x, y, colour, alpha * coverage(thickness, distance));
            }
        }
    }

    /** How much of a pixel a line covers whose middle passes at the given distance. */
    static double coverage(double thickness, double distance) {
        return Math.max(0, Math.min(1, thickness / 2 + 0.5 - distance));
    }

    static int mix(int under, int over, double alpha) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int below = under >> shift & 255;
            int above = over >> shift & 255;
            mixed |= (int) (below + alpha * (above - below) + 0.5) << shift;
        }
        return mixed;
    }

    /** Brightness from 0 to 255 (Rec. 601). */
    static int luma(int colour) {
        return (299 * (colour >> 16 & 255) + 587 * (colour >> 8 & 255) + 114 * (colour & 255)) / 1000;
    }
}

package io.blemish.image;

/** Cyan, magenta, yellow and black to RGB by Pillow's formulas, without a colour profile. */
final class Inks {
    private Inks() {}

    /** The picture of {@code width × height × 4} interleaved amounts of ink, 0 none to 255 full. */
    static RgbImage rgb(byte[] inks, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int to = 0;
        for (int i = 0; i < inks.length; i += 4) {
            int white = 255 - (inks[i + 3] & 0xff);
            for (int channel = 0; channel < 3; channel++) {
                int product = (inks[i + channel] & 0xff) * white + 128;
                rgb[to++] = (byte) Math.max(0, white - (((product >> 8) + product) >> 8));
            }
        }

        return new RgbImage(width, height, rgb);
    }

    /** Replaces the luminance, chrominance and inverted black at {@code at} by four inks. */
    static void fromYcc(byte[] samples, int at) {
        JpegColour.toRgb(samples[at] & 0xff, samples[at + 1] & 0xff, samples[at + 2] & 0xff, samples, at);
        samples[at + 3] = (byte) ~samples[at + 3];
    }
}

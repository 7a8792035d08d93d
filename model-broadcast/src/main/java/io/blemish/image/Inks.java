package io.blemish.image;

/** Cyan, magenta, yellow and black to RGB by Pillow's formulas, without a colour profile. */
final class Inks {
    private static final int HALF = 1 << 15;
    private static final int RED_OF_CR = fixed(1.40200);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int GREEN_OF_CB = fixed(0.34414);
    private static final int BLUE_OF_CB = fixed(1.77200);

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

    /**
     * Replaces the luminance, chrominance and inverted black at {@code at} by four inks, rounding as libjpeg's tables
     * do.
     */
    static void fromYcc(byte[] samples, int at) {
        int y = samples[at] & 0xff;
        int cb = (samples[at + 1] & 0xff) - 128;
        int cr = (samples[at + 2] & 0xff) - 128;
        samples[at] = clip(y + ((RED_OF_CR * cr + HALF) >> 16));
        samples[at + 1] = clip(y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> 16));
        samples[at + 2] = clip(y + ((BLUE_OF_CB * cb + HALF) >> 16));
        samples[at + 3] = (byte) ~samples[at + 3];
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fixed(double factor) {
        return (int) (factor * 65536 + 0.5);
    }
}

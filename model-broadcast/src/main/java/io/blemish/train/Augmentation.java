package io.blemish.train;

import java.util.SplittableRandom;

/**
 * Random views of a square picture: a part of it at another scale, turned over, in another light.
 *
 * @param zoom the share of the picture's side that the smallest part has, above 0, at most 1
 * @param flip probability of exchanging left and right
 * @param brightness the most that is added or taken away, as a share of 255
 * @param contrast how far the factor of contrast may lie from 1
 * @param colour how far the factor of each channel may lie from 1
 */
public record Augmentation(double zoom, double flip, double brightness, double contrast, double colour) {
    /** Nothing is changed. */
    public static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0);

    /** For photographs of products. */
    public static final Augmentation STANDARD = new Augmentation(0.8, 0.5, 0.08, 0.12, 0.05);

    /** Whether left and right may be exchanged: not where the caption tells them apart. */
    public enum Sides {
        EXCHANGEABLE,
        TOLD_APART
    }

    /** The sides' role in a caption. */
    public static Sides sides(String caption) {
        return CaptionWords.namesSide(caption) ? Sides.TOLD_APART : Sides.EXCHANGEABLE;
    }

    /**
     * Draws a view.
     *
     * @param planes red, green and blue plane of the picture
     * @param from its side
     * @param target receives the view's planes
     * @param offset of their first sample
     * @param side of the view
     */
    void view(byte[] planes, int from, byte[] target, int offset, int side, Sides sides, SplittableRandom random) {
        double part = from * (zoom + (1 - zoom) * random.nextDouble());
        double left = (from - part) * random.nextDouble();
        double top = (from - part) * random.nextDouble();
        boolean flipped = random.nextDouble() < flip && sides == Sides.EXCHANGEABLE;
        double light = 255 * brightness * (2 * random.nextDouble() - 1);
        double factor = 1 + contrast * (2 * random.nextDouble() - 1);
        ByteResampling across = ByteResampling.of(left, part, from, side, flipped);
        ByteResampling down = ByteResampling.of(top, part, from, side, false);
        for (int channel = 0; channel < 3; channel++) {
            double gain = 1 + colour * (2 * random.nextDouble() - 1);
            byte[] tones = tones(light, factor, gain);
            ByteResampling.resample(
                    planes, channel * from * from, from, target, offset + channel * side * side, across, down, tones);
        }
    }

    /** What each of the 256 values becomes. */
    private static byte[] tones(double light, double contrast, double gain) {
        byte[] tones = new byte[256];
        for (int value = 0; value < 256; value++) {
            double changed = ((value - 127.5) * contrast + 127.5 + light) * gain;
            tones[value] = (byte) Math.round(Math.max(0, Math.min(255, changed)));
        }
        return tones;
    }
}

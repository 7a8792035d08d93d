package io.blemish.samples;

/**
 * Linear light, red, green and blue; 1 is white paper in full light.
 */
record Colour(float red, float green, float blue) {
    private static final float[] LINEAR = linear();

    /** From the usual notation, {@code 0xRRGGBB} in sRGB. */
    static Colour of(int rgb) {
        return new Colour(LINEAR[rgb >> 16 & 255], LINEAR[rgb >> 8 & 255], LINEAR[rgb & 255]);
    }

    Colour mix(Colour other, float share) {
        return new Colour(
                red + share * (other.red - red),
                green + share * (other.green - green),
                blue + share * (other.blue - blue));
    }

    Colour scaled(float factor) {
        return new Colour(red * factor, green * factor, blue * factor);
    }

    Colour times(Colour other) {
        return new Colour(red * other.red, green * other.green, blue * other.blue);
    }

    /** The colour, a little off in brightness and hue. */
    Colour near(Dice dice, float amount) {
        float light = (float) Math.exp(amount * dice.normal());
        return new Colour(
                clamp(red * light * (float) Math.exp(0.5f * amount * dice.normal())),
                clamp(green * light * (float) Math.exp(0.5f * amount * dice.normal())),
                clamp(blue * light * (float) Math.exp(0.5f * amount * dice.normal())));
    }

    float luminance() {
        return 0.2126f * red + 0.7152f * green + 0.0722f * blue;
    }

    private static float clamp(float value) {
        return Math.min(0.97f, Math.max(0.003f, value));
    }

    private static float[] linear() {
        float[] table = new float[256];
        for (int i = 0; i < 256; i++) {
            double v = i / 255.0;
            table[i] = (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return table;
    }
}

package io.blemish.samples;

/**
 * How a photograph is lit: a lamp or the sun, and what comes from all around.
 *
 * @param x towards the light, right
 * @param y towards the light, down (so mostly negative)
 * @param z towards the light, out of the picture
 * @param key the lamp's colour
 * @param sky what comes from above
 * @param wrap how far the light reaches around an edge, 0 (a bare bulb) to 1 (an overcast sky)
 */
record Light(float x, float y, float z, Colour key, Colour sky, float wrap) {
    static Light of(Dice dice) {
        double azimuth = Math.PI * dice.between(-1f, 0f) + 0.25 * dice.normal();
        double height = dice.between(0.45f, 1.2f);
        float warmth = 0.16f * dice.normal();
        float hard = dice.unit();
        Colour tint = new Colour(1 + warmth, 1, 1 - warmth);
        float sky = 0.22f + 0.3f * (1 - hard);
        return new Light(
                (float) (Math.cos(azimuth) * Math.cos(height)),
                (float) (Math.sin(azimuth) * Math.cos(height)),
                (float) Math.sin(height),
                tint.scaled(0.95f + 0.35f * hard - sky * 0.5f),
                new Colour(1 - 0.5f * warmth, 1, 1 + 0.5f * warmth).scaled(sky),
                0.15f + 0.5f * (1 - hard));
    }
}

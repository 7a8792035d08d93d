package io.blemish.samples;

/**
 * An irregular round area on a skin, of a given radius on average: a disc, stretched and turned, its outline pushed to and fro
 * by noise.
 */
final class Blob {
    private final float along;
    private final float across;
    private final float cos;
    private final float sin;
    private final float x;
    private final float y;
    private final float ragged;
    private final float detail;

    /**
     * @param radius in radii of the fruit
     * @param ragged how far the outline is pushed, in radii of the blob
     * @param detail how many lobes the outline has, about
     */
    Blob(Dice dice, float radius, float ragged, float detail) {
        float stretch = (float) Math.exp(0.2 * dice.normal());
        double turn = dice.between(0, 3.1415927f);
        along = 1 / (radius * stretch);
        across = stretch / radius;
        cos = (float) Math.cos(turn);
        sin = (float) Math.sin(turn);
        x = dice.place();
        y = dice.place();
        this.ragged = ragged;
        this.detail = detail * 12;
    }

    /** 1 in the middle, 0 on the outline, negative outside. */
    float depth(float du, float dv) {
        float p = (cos * du + sin * dv) * along;
        float q = (cos * dv - sin * du) * across;
        float far = (float) Math.sqrt(p * p + q * q);
        if (far > 2.2f) {
            return 1 - far;
        }
        return 1 - far + ragged * Noise.CLOUD.at(x + p * detail, y + q * detail) * Math.min(1, 2 * far);
    }
}

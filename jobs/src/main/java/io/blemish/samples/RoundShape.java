package io.blemish.samples;

/**
 * A body whose outline is a distance for each direction, and whose sections are the same outline, smaller: apples, oranges,
 * peaches, tomatoes.
 */
final class RoundShape implements Shape {
    private static final int STEPS = 4096;

    /** One over the square of the outline's distance, by direction as |x| + |y| = 1 divides the circle. */
    private final float[] inverse = new float[STEPS + 1];

    private final float depth;
    private float halfWidth;
    private float halfHeight;

    /** The distance of the outline in a direction; {@code angle} runs clockwise from the right, down is π/2. */
    interface Outline {
        double distance(double angle);
    }

    RoundShape(Outline outline, float depth) {
        this.depth = depth * depth;
        for (int i = 0; i <= STEPS; i++) {
            double p = 4.0 * i / STEPS;
            double x = p < 2 ? 1 - p : p - 3;
            double y = p < 2 ? 1 - Math.abs(1 - p) : Math.abs(3 - p) - 1;
            double angle = Math.atan2(y, x);
            double distance = outline.distance(angle);
            inverse[i] = (float) (1 / (distance * distance));
            halfWidth = Math.max(halfWidth, (float) Math.abs(distance * Math.cos(angle)));
            halfHeight = Math.max(halfHeight, (float) Math.abs(distance * Math.sin(angle)));
        }
    }

    /** An apple: shoulders and a dip at the stem, narrower and slightly dipped below. */
    static RoundShape apple(Dice dice) {
        double dip = dice.between(0.08f, 0.17f);
        double taper = dice.between(0.02f, 0.09f);
        double tall = dice.between(-0.05f, 0.06f);
        Outline wobble = wobble(dice, 0.015);
        return new RoundShape(
                angle -> 0.95
                        - tall * Math.cos(2 * angle)
                        - dip * bell(angle + Math.PI / 2, 0.42)
                        - 0.05 * bell(angle - Math.PI / 2, 0.35)
                        - taper * Math.max(0, Math.sin(angle)) * Math.abs(Math.cos(angle)) * 1.6
                        + wobble.distance(angle),
                0.9f);
    }

    /** An orange or a mandarin: a sphere, more or less flat. */
    static RoundShape orange(Dice dice) {
        double flat = dice.between(0, 0.07f);
        Outline wobble = wobble(dice, 0.01);
        return new RoundShape(angle -> 0.97 + flat * (Math.cos(2 * angle) - 1) / 2 + wobble.distance(angle), 0.95f);
    }

    /** A peach: a dip at the stem, a faint tip below. */
    static RoundShape peach(Dice dice) {
        double dip = dice.between(0.05f, 0.11f);
        double tip = dice.between(0, 0.06f);
        Outline wobble = wobble(dice, 0.014);
        return new RoundShape(
                angle -> 0.95
                        - dip * bell(angle + Math.PI / 2, 0.3)
                        + tip * bell(angle - Math.PI / 2, 0.2)
                        + wobble.distance(angle),
                0.92f);
    }

    /** A tomato: flat and squarish. */
    static RoundShape tomato(Dice dice) {
        double flat = dice.between(0.78f, 0.95f);
        double power = dice.between(2.05f, 2.5f);
        Outline wobble = wobble(dice, 0.02);
        return new RoundShape(
                angle -> Math.pow(
                                        Math.pow(Math.abs(Math.cos(angle)), power)
                                                + Math.pow(Math.abs(Math.sin(angle)) / flat, power),
                                        -1 / power)
                                * 0.97
                        - 0.05 * bell(angle + Math.PI / 2, 0.4)
                        + wobble.distance(angle),
                0.85f);
    }

    private static Outline wobble(Dice dice, double amount) {
        double[] phases = {dice.unit() * 6.28, dice.unit() * 6.28, dice.unit() * 6.28};
        double[] sizes = {amount * dice.normal(), amount * dice.normal(), 0.5 * amount * dice.normal()};
        return angle -> sizes[0] * Math.cos(2 * angle + phases[0])
                + sizes[1] * Math.cos(3 * angle + phases[1])
                + sizes[2] * Math.cos(5 * angle + phases[2]);
    }

    private static double bell(double angle, double width) {
        double wrapped = Math.IEEEremainder(angle, 2 * Math.PI) / width;
        return Math.exp(-wrapped * wrapped);
    }

    @Override
    public float height(float x, float y) {
        float sum = Math.abs(x) + Math.abs(y);
        if (sum < 1e-6f) {
            return depth;
        }
        float across = x / sum;
        float p = (y >= 0 ? 1 - across : 3 + across) * (STEPS / 4);
        int i = Math.min((int) p, STEPS - 1);
        float square = inverse[i] + (p - i) * (inverse[i + 1] - inverse[i]);
        return depth * (1 - (x * x + y * y) * square);
    }

    @Override
    public float halfWidth() {
        return halfWidth;
    }

    @Override
    public float halfHeight() {
        return halfHeight;
    }
}

package io.blemish.samples;

/** A body turned on a lathe, seen from the side, and a little bent: pears and lemons. */
final class TurnedShape implements Shape {
    private static final int STEPS = 2048;

    /** The square of the radius, from y = -1 to y = 1. */
    private final float[] squares = new float[STEPS + 1];

    private final float bend;
    private final float halfWidth;

    /**
     * @param profile pairs of y and radius, from -1 to 1, the radius 0 at both
     * @param width multiplies the radii
     * @param bend how far the axis is shifted sideways at its ends
     */
    private TurnedShape(float[] profile, float width, float bend) {
        this.bend = bend;
        float widest = 0;
        double[] raw = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double radius = radius(profile, -1 + 2.0 * i / STEPS) * width;
            raw[i] = radius * radius;
        }
        int window = STEPS / 40;
        for (int i = 0; i <= STEPS; i++) {
            double sum = 0;
            int reach = Math.min(window, Math.min(i, STEPS - i));
            for (int j = i - reach; j <= i + reach; j++) {
                sum += raw[j];
            }
            squares[i] = (float) (sum / (2 * reach + 1));
            widest = Math.max(widest, squares[i]);
        }
        halfWidth = (float) Math.sqrt(widest);
    }

    /** A pear: a neck of varied length on a round body. */
    static TurnedShape pear(Dice dice) {
        float neck = dice.between(0.85f, 1.2f);
        float[] profile = {
            -1,
            0,
            -0.97f,
            0.13f * neck,
            -0.88f,
            0.23f * neck,
            -0.7f,
            0.31f * neck,
            -0.45f,
            0.39f * neck,
            -0.2f,
            0.51f,
            0.05f,
            0.65f,
            0.3f,
            0.75f,
            0.5f,
            0.77f,
            0.7f,
            0.7f,
            0.85f,
            0.56f,
            0.95f,
            0.35f,
            1,
            0
        };
        return new TurnedShape(profile, dice.between(0.94f, 1.12f), dice.between(-0.12f, 0.12f));
    }

    /** A lemon: a nipple at the far end, a smaller one at the stem. */
    static TurnedShape lemon(Dice dice) {
        float tip = dice.between(0.8f, 1.3f);
        float[] profile = {
            -1,
            0,
            -0.985f,
            0.08f,
            -0.93f,
            0.15f,
            -0.84f,
            0.25f,
            -0.65f,
            0.48f,
            -0.35f,
            0.67f,
            0,
            0.73f,
            0.35f,
            0.67f,
            0.62f,
            0.49f,
            0.78f,
            0.29f,
            0.87f,
            0.19f * tip,
            0.95f,
            0.13f * tip,
            0.985f,
            0.08f * tip,
            1,
            0
        };
        return new TurnedShape(profile, dice.between(0.94f, 1.1f), dice.between(-0.05f, 0.05f));
    }

    /** Cubic Hermite through the points, with the slopes of the chords across each. */
    private static double radius(float[] profile, double y) {
        int last = profile.length / 2 - 1;
        int i = 0;
        while (i < last - 1 && y > profile[2 * i + 2]) {
            i++;
        }
        double width = profile[2 * i + 2] - profile[2 * i];
        double t = Math.min(1, (y - profile[2 * i]) / width);
        if (i == 0) {
            return profile[3] * Math.sqrt(t);
        }
        if (i == last - 1) {
            return profile[2 * i + 1] * Math.sqrt(1 - t);
        }
        double from = slope(profile, i) * width;
        double to = slope(profile, i + 1) * width;
        double a = profile[2 * i + 1];
        double b = profile[2 * i + 3];
        return (2 * t * t * t - 3 * t * t + 1) * a
                + (t * t * t - 2 * t * t + t) * from
                + (3 * t * t - 2 * t * t * t) * b
                + (t * t * t - t * t) * to;
    }

    private static double slope(float[] profile, int i) {
        return (profile[2 * i + 3] - profile[2 * i - 1]) / (profile[2 * i + 2] - profile[2 * i - 2]);
    }

    @Override
    public float height(float x, float y) {
        float p = (y + 1) * (STEPS / 2);
        float across = x - bend * y * y;
        if (p < 0 || p >= STEPS) {
            // Falls as steeply as the ends do, so that the outline's gradient is right there.
            float beyond = p < 0 ? -p : p - STEPS;
            float fall = (p < 0 ? squares[16] : squares[STEPS - 16]) / 16;
            return -beyond * fall - across * across;
        }
        int i = (int) p;
        return squares[i] + (p - i) * (squares[i + 1] - squares[i]) - across * across;
    }

    @Override
    public float halfWidth() {
        return halfWidth;
    }

    @Override
    public float halfHeight() {
        return 1;
    }
}

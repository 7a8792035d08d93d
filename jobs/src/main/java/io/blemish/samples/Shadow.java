package io.blemish.samples;

/** Darkens the ground around a fruit: a soft shadow away from the light, and a narrow dark one where it touches. */
final class Shadow {
    private Shadow() {}

    /**
     * @param half a canvas of half the photograph's size
     * @param view from above the shadow has the fruit's outline; from the side it lies flat on a ground that runs away
     */
    static void cast(Canvas half, Shape shape, Pose pose, Light light, View view) {
        float x = pose.x() * 0.5f;
        float y = pose.y() * 0.5f;
        float radius = pose.radius() * 0.5f;
        float strength = 0.75f * (1 - 0.6f * light.wrap());
        float soft = 0.25f + 0.6f * light.wrap();
        if (view == View.FROM_ABOVE) {
            float away = 0.2f + 0.35f * (1 - light.z());
            darken(
                    half,
                    x - light.x() * away * radius,
                    y - light.y() * away * radius,
                    shape,
                    radius,
                    pose.turn(),
                    1,
                    soft,
                    strength);
            darken(half, x, y, shape, radius, pose.turn(), 1.03f, 0.1f, 0.5f);
            return;
        }
        float foot = y + radius * reachDown(shape, pose.turn());
        Shape flat = new Flat(reachAcross(shape, pose.turn()));
        float away = 0.5f * (1 - 0.5f * light.z());
        darken(half, x - light.x() * away * radius, foot - 0.16f * radius, flat, radius, 0, 1.05f, soft, strength);
        darken(half, x, foot - 0.1f * radius, flat, radius * 0.8f, 0, 0.9f, 0.35f, 0.75f);
    }

    /** How the ground is seen. */
    enum View {
        FROM_ABOVE,
        FROM_THE_SIDE
    }

    private static float reachDown(Shape shape, float turn) {
        return (float) Math.hypot(shape.halfHeight() * Math.cos(turn), shape.halfWidth() * Math.sin(turn));
    }

    private static float reachAcross(Shape shape, float turn) {
        return (float) Math.hypot(shape.halfWidth() * Math.cos(turn), shape.halfHeight() * Math.sin(turn));
    }

    private static void darken(
            Canvas half,
            float x,
            float y,
            Shape shape,
            float radius,
            float turn,
            float grown,
            float soft,
            float strength) {
        float a = shape.halfWidth() * radius * grown;
        float b = shape.halfHeight() * radius * grown;
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        int reach = (int) (Math.max(a, b) * (1 + soft)) + 1;
        for (int py = Math.max(0, (int) y - reach); py < Math.min(half.height(), y + reach); py++) {
            for (int px = Math.max(0, (int) x - reach); px < Math.min(half.width(), x + reach); px++) {
                float dx = (cos * (px - x) + sin * (py - y)) / a;
                float dy = (cos * (py - y) - sin * (px - x)) / b;
                float far = (float) Math.sqrt(dx * dx + dy * dy);
                if (far < 1 + soft) {
                    half.darken(py * half.width() + px, 1 - strength * (1 - Noise.smooth(1 - soft, 1 + soft, far)));
                }
            }
        }
    }

    /** The outline of a shadow on ground that is seen at a low angle. */
    private record Flat(float halfWidth) implements Shape {
        @Override
        public float height(float x, float y) {
            return 0;
        }

        @Override
        public float halfHeight() {
            return halfWidth * 0.3f;
        }
    }
}

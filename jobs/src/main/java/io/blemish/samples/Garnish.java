package io.blemish.samples;

/** What belongs to a fruit and is not skin: stem, calyx, a leaf. It hides what is under it. */
final class Garnish {
    private final Surface surface;
    private final Canvas canvas;
    private final Light light;
    private final Dice dice;
    private final float cos;
    private final float sin;
    /** The colour of the point that {@link Stencil#cover} was last asked about. */
    private Colour shade = Colour.of(0);

    private Garnish(Surface surface, Canvas canvas, Light light, Dice dice) {
        this.surface = surface;
        this.canvas = canvas;
        this.light = light;
        this.dice = dice;
        this.cos = (float) Math.cos(surface.pose().turn());
        this.sin = (float) Math.sin(surface.pose().turn());
    }

    static void add(Surface surface, Canvas canvas, Variety variety, Light light, Dice dice) {
        Garnish garnish = new Garnish(surface, canvas, light, dice);
        float stem = -variety.stem();
        switch (variety) {
            case RED_APPLE, GREEN_APPLE -> garnish.stemmed(stem - 0.05f, 0.34f, 0.035f, 0.2);
            case GREEN_PEAR, YELLOW_PEAR -> garnish.stemmed(stem, 0.28f, 0.032f, 0.15);
            case PEACH -> garnish.leafMaybe(stem, 0.2);
            case ORANGE -> {
                garnish.leafMaybe(stem, 0.15);
                garnish.calyx(stem, 5, 0.085f, 0.5f, 0.5f);
            }
            case LEMON -> garnish.calyx(stem + 0.01f, 5, 0.07f, 0.5f, 0.6f);
            case TOMATO -> {
                garnish.calyx(stem, dice.between(5, 6), dice.between(0.32f, 0.46f), 0.62f, 0.12f);
                garnish.stem(stem, dice.between(0.08f, 0.3f), 0.04f, Colour.of(0x5F7A2E));
            }
        }
    }

    private void stemmed(float y, float length, float thick, double leafiness) {
        leafMaybe(y - 0.1f, leafiness);
        if (dice.chance(0.9)) {
            stem(
                    y,
                    length * dice.between(0.5f, 1.2f),
                    thick,
                    Colour.of(0x6B4E2A).near(dice, 0.2f));
        }
    }

    private void leafMaybe(float y, double leafiness) {
        if (dice.chance(leafiness)) {
            leaf(y);
        }
    }

    /** A bent rod from (0, y) upwards. */
    private void stem(float y, float length, float thick, Colour colour) {
        float lean = dice.between(-0.7f, 0.7f);
        float bend = dice.between(-0.5f, 0.5f);
        float reach = length * 1.4f + 0.1f;
        within(-reach, y - reach, reach, y + 0.1f, (px, py) -> {
            float t = (y - py) / length;
            if (t < -0.15f || t > 1.1f) {
                return 0;
            }
            float middle = length * (lean * t + bend * t * t);
            float wide = thick * (0.85f + 0.5f * t * t) * (t > 1 ? 1 - 6 * (t - 1) : 1);
            float across = (px - middle) / Math.max(wide, 1e-4f);
            float facing = 0.75f - 0.35f * across * Math.signum(-light.x());
            shade = colour.scaled(facing * (0.9f + 0.2f * Noise.CLOUD.at(px * 300, py * 90)));
            return edge(1 - Math.abs(across), wide);
        });
    }

    /** A star of sepals seen at an angle. */
    private void calyx(float y, int sepals, float radius, float flat, float round) {
        Colour green = Colour.of(0x55762C).near(dice, 0.2f);
        float phase = dice.between(0, 6.28f);
        float[] lengths = new float[sepals];
        for (int s = 0; s < sepals; s++) {
            lengths[s] = dice.between(0.8f, 1.15f);
        }
        within(-radius * 1.2f, y - radius, radius * 1.2f, y + radius, (px, py) -> {
            float dx = px;
            float dy = (py - y) / flat;
            float far = (float) Math.sqrt(dx * dx + dy * dy) / radius;
            if (far > 1.2f) {
                return 0;
            }
            float sector = ((float) Math.atan2(dy, dx) + phase) * sepals / 6.2831855f;
            float inside = sector - (float) Math.floor(sector) - 0.5f;
            int which = Math.floorMod((int) Math.floor(sector), sepals);
            float along = far / lengths[which];
            // A sepal: widest a third of the way out, pointed at its end.
            float half = Math.max(round * (1 - along), 0.5f * (1 - along) * (0.4f + along) * 1.3f);
            float off = Math.abs(inside) * 6.2831855f / sepals * far;
            float ridge = 1 - 0.35f * Noise.smooth(0, 0.1f, Math.abs(off));
            shade = green.scaled((0.7f + 0.5f * along) * ridge * (dy < 0 ? 1.1f : 0.85f));
            return along > 1 ? 0 : edge((half - off) / Math.max(half, 0.03f), Math.max(half, 0.03f) * radius);
        });
    }

    /** A leaf that leaves (0, y) sideways. */
    private void leaf(float y) {
        Colour green = Colour.of(0x4A7A2C).near(dice, 0.25f);
        float length = dice.between(0.5f, 0.85f);
        float wide = length * dice.between(0.2f, 0.3f);
        double turn = dice.chance(0.5) ? dice.between(-0.9f, -0.1f) : dice.between(-3.04f, -2.24f);
        float c = (float) Math.cos(turn);
        float s = (float) Math.sin(turn);
        float bend = dice.between(-0.25f, 0.25f);
        within(-length * 1.2f, y - length * 1.2f, length * 1.2f, y + length * 0.5f, (px, py) -> {
            float t = (c * px + s * (py - y)) / length;
            if (t <= 0 || t >= 1) {
                return 0;
            }
            float off = c * (py - y) - s * px - bend * length * t * t;
            float half = wide * (float) Math.pow(Math.sin(Math.PI * Math.pow(t, 0.8)), 0.8);
            float vein = Noise.smooth(0.004f, 0.02f, Math.abs(off));
            float ribs = (float) Math.sin((t * 9 - Math.abs(off) / wide * 1.2f) * 6.2831855f);
            float side = off * light.y() < 0 ? 1.12f : 0.82f;
            shade = green.scaled(side * (0.7f + 0.3f * vein) * (1 + 0.06f * ribs));
            return edge((half - Math.abs(off)) / Math.max(half, 0.02f), Math.max(half, 0.02f));
        });
    }

    /** A painted form in the fruit's own directions. */
    private interface Stencil {
        /** How much of the point is covered; sets {@link #shade} where it is more than nothing. */
        float cover(float x, float y);
    }

    /** How much of a point is covered that lies so deep inside a form, relative to its half width. */
    private float edge(float depth, float half) {
        return Math.min(1, Math.max(0, depth * half * surface.pose().radius() + 0.5f));
    }

    /** Paints a stencil over a box that is given in the fruit's directions. */
    private void within(float x0, float y0, float x1, float y1, Stencil stencil) {
        Pose pose = surface.pose();
        float reach = 0.5f * (float) Math.hypot(x1 - x0, y1 - y0) * pose.radius();
        float mx = 0.5f * (x0 + x1);
        float my = 0.5f * (y0 + y1);
        float cx = pose.x() + pose.radius() * (cos * mx - sin * my);
        float cy = pose.y() + pose.radius() * (sin * mx + cos * my);
        for (int py = Math.max(0, (int) (cy - reach)); py < Math.min(canvas.height(), cy + reach); py++) {
            for (int px = Math.max(0, (int) (cx - reach)); px < Math.min(canvas.width(), cx + reach); px++) {
                float dx = (px - pose.x()) / pose.radius();
                float dy = (py - pose.y()) / pose.radius();
                float x = cos * dx + sin * dy;
                float y = cos * dy - sin * dx;
                if (x < x0 || x > x1 || y < y0 || y > y1) {
                    continue;
                }
                float cover = stencil.cover(x, y);
                if (cover > 0) {
                    lay(px, py, cover);
                }
            }
        }
    }

    private void lay(int px, int py, float cover) {
        Colour key = light.key();
        Colour sky = light.sky();
        canvas.blend(
                py * canvas.width() + px,
                shade.red() * (0.8f * key.red() + 0.7f * sky.red()),
                shade.green() * (0.8f * key.green() + 0.7f * sky.green()),
                shade.blue() * (0.8f * key.blue() + 0.7f * sky.blue()),
                cover);
        int column = px - surface.left();
        int row = py - surface.top();
        if (cover > 0.5f && column >= 0 && column < surface.width() && row >= 0 && row < surface.height()) {
            surface.owner[row * surface.width() + column] = 0;
        }
    }
}

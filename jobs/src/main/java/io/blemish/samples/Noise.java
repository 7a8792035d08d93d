package io.blemish.samples;

/**
 * The noises that skins, blemishes and grounds are made of, each a {@link Tile} of 512 × 512.
 *
 * <p>Gradient noise after Perlin (1985), summed over octaves; cellular noise after Worley (1996). The tiles are the same for
 * every seed: a photograph takes its own pieces of them.
 */
final class Noise {
    private static final int SIDE = Tile.SIDE;

    /** Clouds: five octaves, the largest blob some 64 points wide; mean 0, deviation 1. */
    static final Tile CLOUD = Tile.standardised(fractal(8, 5, 1));
    /** Grain of two or three points; mean 0, deviation 1. */
    static final Tile GRAIN = Tile.standardised(fractal(128, 2, 2));
    /** Distance to the nearest pore, 0 to about 1; a pore is some 11 points wide. */
    static final Tile PORES = new Tile(cells(48, 3, 1, 0));
    /** How far from the crack between two plates, 0 on it; a plate is some 27 points wide. */
    static final Tile CRACKS = new Tile(cells(19, 4, -1, 1));
    /** Separate soft dots, 0 to 1. */
    static final Tile SPECKS = new Tile(specks());
    /** Tangled threads, 0 to about 1. */
    static final Tile FIBRES = new Tile(fibres());

    private Noise() {}

    static float smooth(float low, float high, float x) {
        float t = Math.min(Math.max((x - low) / (high - low), 0), 1);
        return t * t * (3 - 2 * t);
    }

    private static float[] fractal(int cells, int octaves, int seed) {
        float[] sum = new float[SIDE * SIDE];
        float weight = 1;
        int period = cells;
        for (int octave = 0; octave < octaves; octave++) {
            float[] gradients = gradients(period, new Dice(seed, octave));
            float step = (float) period / SIDE;
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    sum[y * SIDE + x] += weight * gradient(gradients, period, x * step, y * step);
                }
            }
            weight *= 0.5f;
            period *= 2;
        }
        return sum;
    }

    private static float[] gradients(int period, Dice dice) {
        float[] gradients = new float[2 * period * period];
        for (int i = 0; i < period * period; i++) {
            double angle = 2 * Math.PI * dice.unit();
            gradients[2 * i] = (float) Math.cos(angle);
            gradients[2 * i + 1] = (float) Math.sin(angle);
        }
        return gradients;
    }

    private static float gradient(float[] gradients, int period, float x, float y) {
        int left = (int) x;
        int top = (int) y;
        float fx = x - left;
        float fy = y - top;
        float sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
        float sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
        float above = corner(gradients, period, left, top, fx, fy) * (1 - sx)
                + corner(gradients, period, left + 1, top, fx - 1, fy) * sx;
        float below = corner(gradients, period, left, top + 1, fx, fy - 1) * (1 - sx)
                + corner(gradients, period, left + 1, top + 1, fx - 1, fy - 1) * sx;
        return above + sy * (below - above);
    }

    private static float corner(float[] gradients, int period, int x, int y, float fx, float fy) {
        int i = 2 * (y % period * period + x % period);
        return gradients[i] * fx + gradients[i + 1] * fy;
    }

    /** Worley's noise: {@code first · F1 + second · F2}, of the distances to the nearest point and to the next. */
    private static float[] cells(int period, int seed, int first, int second) {
        Dice dice = new Dice(seed, 0);
        float[] px = new float[period * period];
        float[] py = new float[period * period];
        for (int i = 0; i < px.length; i++) {
            px[i] = dice.unit();
            py[i] = dice.unit();
        }
        float[] values = new float[SIDE * SIDE];
        float[] squares = new float[2];
        float step = (float) period / SIDE;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                nearest(px, py, period, x * step, y * step, squares);
                values[y * SIDE + x] = (float) (first * Math.sqrt(squares[0]) + second * Math.sqrt(squares[1]));
            }
        }
        return values;
    }

    /** Squares of the distances to the two nearest points, each of which lies somewhere in its cell. */
    private static void nearest(float[] px, float[] py, int period, float x, float y, float[] squares) {
        squares[0] = 9;
        squares[1] = 9;
        for (int gy = (int) y - 1; gy <= (int) y + 1; gy++) {
            for (int gx = (int) x - 1; gx <= (int) x + 1; gx++) {
                int i = Math.floorMod(gy, period) * period + Math.floorMod(gx, period);
                float dx = gx + px[i] - x;
                float dy = gy + py[i] - y;
                float square = dx * dx + dy * dy;
                if (square < squares[0]) {
                    squares[1] = squares[0];
                    squares[0] = square;
                } else if (square < squares[1]) {
                    squares[1] = square;
                }
            }
        }
    }

    private static float[] specks() {
        float[] values = new float[SIDE * SIDE];
        Dice dice = new Dice(5, 0);
        for (int i = 0; i < 700; i++) {
            dab(values, dice.place(), dice.place(), dice.between(1.2f, 3.2f), dice.between(0.4f, 1f));
        }
        return values;
    }

    private static float[] fibres() {
        float[] values = new float[SIDE * SIDE];
        Dice dice = new Dice(6, 0);
        for (int thread = 0; thread < 1500; thread++) {
            float x = dice.place();
            float y = dice.place();
            float angle = dice.between(0, 6.2831855f);
            float strength = dice.between(0.25f, 0.8f);
            for (int step = 0; step < 60; step++) {
                dab(values, x, y, 1.1f, strength);
                x += (float) Math.cos(angle);
                y += (float) Math.sin(angle);
                angle += 0.16f * dice.normal();
            }
        }
        return values;
    }

    /** Lightens the tile to the strength of a soft dot, where it is darker. */
    private static void dab(float[] values, float x, float y, float radius, float strength) {
        int reach = (int) Math.ceil(radius * 1.5f);
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                int px = Math.round(x) + dx;
                int py = Math.round(y) + dy;
                float distance = (float) Math.hypot(px - x, py - y) / radius;
                int i = Math.floorMod(py, SIDE) * SIDE + Math.floorMod(px, SIDE);
                values[i] = Math.max(values[i], strength * (1 - smooth(0.4f, 1.4f, distance)));
            }
        }
    }
}

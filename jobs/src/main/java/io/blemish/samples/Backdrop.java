package io.blemish.samples;

import static io.blemish.samples.Noise.CLOUD;
import static io.blemish.samples.Noise.FIBRES;
import static io.blemish.samples.Noise.GRAIN;
import static io.blemish.samples.Noise.PORES;
import static io.blemish.samples.Noise.smooth;

import java.util.List;

/** What the fruit lies on: a pattern between two colours, turned and scaled, sometimes with a wall behind. */
final class Backdrop {
    private static final List<Integer> WALLS =
            List.of(0xD8D4CC, 0x8C9298, 0x4A4E54, 0xB8A68C, 0x7C8C80, 0xE8E4DC, 0x93806C, 0x5C6E84);

    private Backdrop() {}

    /** Fills the canvas. */
    static void paint(Canvas canvas, Dice dice) {
        Kind kind = dice.pick(List.of(Kind.values()));
        int[] pair = kind.colours[dice.below(kind.colours.length)];
        Colour dark = Colour.of(pair[0]).near(dice, 0.2f);
        Colour light = Colour.of(pair[1]).near(dice, 0.2f);
        Pattern pattern = kind.pattern(dice);
        float turn = kind == Kind.STUDIO ? 0 : dice.between(0, 6.28f);
        float scale = dice.between(0.75f, 1.6f) / Math.min(canvas.width(), canvas.height());
        float cos = (float) Math.cos(turn) * scale;
        float sin = (float) Math.sin(turn) * scale;
        float tilt = dice.chance(0.5) ? dice.between(0.1f, 0.5f) : 0;
        float glow = dice.between(-0.3f, 0.3f);
        float horizon = dice.chance(0.25) ? canvas.height() * dice.between(0.12f, 0.4f) : -1;
        Colour wall = Colour.of(dice.pick(WALLS)).near(dice, 0.3f);
        for (int y = 0; y < canvas.height(); y++) {
            float dy = y - canvas.height() * 0.5f;
            float near = 1 / (1 + tilt * (dy / canvas.height()));
            float behind = horizon < 0 ? 0 : 1 - smooth(horizon - 2, horizon + 3, y);
            for (int x = 0; x < canvas.width(); x++) {
                float dx = x - canvas.width() * 0.5f;
                int i = y * canvas.width() + x;
                float px = (cos * dx + sin * dy) * near;
                float py = (cos * dy - sin * dx) * near;
                float t = pattern.at(px, py);
                float lit = 1 + glow * (dx / canvas.width() - dy / canvas.height());
                float below = t < 0 ? Math.max(0.1f, 1 + t) : 1;
                float share = Math.max(t, 0);
                float k = lit * below;
                canvas.red()[i] = k * (dark.red() + share * (light.red() - dark.red()));
                canvas.green()[i] = k * (dark.green() + share * (light.green() - dark.green()));
                canvas.blue()[i] = k * (dark.blue() + share * (light.blue() - dark.blue()));
                if (behind > 0) {
                    canvas.blend(i, lit * wall.red(), lit * wall.green(), lit * wall.blue(), behind);
                }
            }
        }
        soften(canvas, dice);
    }

    private static void soften(Canvas canvas, Dice dice) {
        if (dice.chance(0.4)) {
            canvas.blur(
                    Math.max(1, Math.round(dice.between(0.003f, 0.014f) * Math.min(canvas.width(), canvas.height()))));
        }
    }

    /** A share of the lighter colour by place, in shorter sides of the photograph; negative where it is darker than both. */
    private interface Pattern {
        float at(float x, float y);
    }

    private enum Kind {
        WOOD(new int[][] {{0x5A3A20, 0x9C6E42}, {0x3A2618, 0x6A4A2E}, {0x9A7648, 0xCDA876}, {0x8A8278, 0xB8B0A2}}),
        CLOTH(new int[][] {
            {0xA8A08E, 0xE6E0D0}, {0x3E5470, 0x7088A4}, {0x70302C, 0xA8605A}, {0x566048, 0x8A9678}, {0x2E2C30, 0x5C5A60}
        }),
        MARBLE(new int[][] {{0x8E8C8C, 0xE8E6E2}, {0x707478, 0xC4C6C6}, {0x1C1E22, 0x4C5056}}),
        CONCRETE(new int[][] {{0x6C6A66, 0xA8A6A0}, {0x4A4C4E, 0x7C7E80}, {0x8C8478, 0xC0B8AA}}),
        BELT(new int[][] {{0x1A1C1E, 0x44484A}, {0x1E3E34, 0x3E6E5C}, {0x22405E, 0x44709A}, {0x9EA2A4, 0xD4D8DA}}),
        STUDIO(new int[][] {
            {0xB4B4B2, 0xF0F0EE}, {0x5A6470, 0xB4BEC8}, {0x202224, 0x6A6C70}, {0xC8AC88, 0xF2E2C8}, {0x7C5A6E, 0xC8A8BA}
        }),
        SLATS(new int[][] {{0x8A6840, 0xC49E6C}, {0x6A5238, 0xA08460}, {0x96948C, 0xC8C4BA}}),
        GRASS(new int[][] {{0x24381A, 0x6E8C3E}, {0x3A3C1C, 0x8C8A48}, {0x4A3A26, 0x9A8258}});

        private final int[][] colours;

        Kind(int[][] colours) {
            this.colours = colours;
        }

        private Pattern pattern(Dice dice) {
            float ox = dice.place();
            float oy = dice.place();
            float busy = dice.between(0.7f, 1.4f);
            return switch (this) {
                case WOOD -> (x, y) -> wood(ox, oy, x * busy, y * busy, 2.2f);
                case SLATS -> (x, y) -> wood(ox, oy, x * busy, y * busy, 4.5f);
                case CLOTH -> cloth(dice, ox, oy);
                case MARBLE ->
                    (x, y) -> {
                        float warp = CLOUD.at(ox + x * 60, oy + y * 60);
                        float vein = Math.abs(CLOUD.at(oy + x * 70 * busy + 14 * warp, ox + y * 70 * busy));
                        return 0.8f + 0.1f * warp - 0.55f * (1 - smooth(0, 0.35f, vein)) * smooth(-1, 1, warp);
                    };
                case CONCRETE ->
                    (x, y) -> 0.5f
                            + 0.16f * CLOUD.at(ox + x * 90, oy + y * 90)
                            + 0.09f * GRAIN.at(ox + x * 420, oy + y * 420)
                            - 0.5f * (1 - smooth(0.03f, 0.14f, PORES.at(oy + x * 130, ox + y * 130)));
                case BELT -> belt(dice, ox, oy);
                case STUDIO -> (x, y) -> 0.65f - 0.45f * y + 0.015f * CLOUD.at(ox + x * 50, oy + y * 50);
                case GRASS ->
                    (x, y) -> {
                        float blades = FIBRES.at(ox + x * 260 * busy, oy + y * 150 * busy);
                        float under = FIBRES.at(oy + x * 150, ox + y * 260);
                        return Math.max(blades, 0.6f * under) * (0.75f + 0.22f * CLOUD.at(ox + x * 60, oy + y * 60))
                                - 0.08f;
                    };
            };
        }

        private static float wood(float ox, float oy, float x, float y, float planks) {
            float plank = (float) Math.floor(x * planks);
            float inside = x * planks - plank;
            float shift = 131 * plank;
            float warp = CLOUD.at(ox + x * 50 + shift, oy + y * 9 + shift);
            float rings = (float) Math.sin(38 * x + 3.2f * warp + shift);
            float fine = GRAIN.at(oy + x * 700, ox + y * 24 + shift);
            float tone = 0.14f * CLOUD.at(shift * 3.7f, oy);
            float gap = 1 - smooth(0, 0.03f, Math.min(inside, 1 - inside));
            return Math.max(0, 0.5f + tone + 0.2f * rings + 0.13f * fine + 0.1f * warp) - 1.2f * gap;
        }

        private static Pattern cloth(Dice dice, float ox, float oy) {
            float threads = dice.between(220, 420);
            float checks = dice.chance(0.35) ? dice.between(3, 9) : 0;
            return (x, y) -> {
                float weave = 0.5f + 0.3f * (float) (Math.sin(x * threads) * Math.sin(y * threads));
                float fold = 0.14f * CLOUD.at(ox + x * 34, oy + y * 34);
                float slub = 0.07f * GRAIN.at(ox + x * 500, oy + y * 60);
                float check = 0;
                if (checks > 0) {
                    check = (((int) Math.floor(x * checks) & 1) + ((int) Math.floor(y * checks) & 1)) * 0.22f - 0.2f;
                }
                return Math.max(0, weave + fold + slub - check);
            };
        }

        private static Pattern belt(Dice dice, float ox, float oy) {
            float ribs = dice.between(12, 34);
            boolean studded = dice.chance(0.5);
            return (x, y) -> {
                float dust = 0.1f * CLOUD.at(ox + x * 120, oy + y * 120) + 0.05f * GRAIN.at(ox + x * 400, oy + y * 400);
                float rib = studded
                        ? 0.3f * (1 - smooth(0.1f, 0.3f, (float) Math.hypot(wave(x * ribs), wave(y * ribs))))
                        : 0.25f * smooth(0.1f, 0.25f, Math.abs(wave(y * ribs)));
                return Math.max(0, 0.3f + rib + dust);
            };
        }

        private static float wave(float x) {
            return x - (float) Math.floor(x) - 0.5f;
        }
    }
}

package io.blemish.samples;

import static io.blemish.samples.Noise.CLOUD;
import static io.blemish.samples.Noise.GRAIN;
import static io.blemish.samples.Noise.PORES;
import static io.blemish.samples.Noise.SPECKS;
import static io.blemish.samples.Noise.smooth;

/** Paints the skin of a sound fruit: colour, pores, streaks, specks, and the hollow of the stem. */
final class Skin {
    private final Surface surface;
    private final Variety variety;
    private final Dice dice;
    private final float x;
    private final float y;

    private Skin(Surface surface, Variety variety, Dice dice) {
        this.surface = surface;
        this.variety = variety;
        this.dice = dice;
        this.x = dice.place();
        this.y = dice.place();
    }

    static void paint(Surface surface, Variety variety, Dice dice) {
        Skin skin = new Skin(surface, variety, dice);
        switch (variety) {
            case RED_APPLE ->
                skin.apple(
                        Colour.of(0xC9B24E).near(dice, 0.15f),
                        Colour.of(0x9E1B22).near(dice, 0.25f),
                        dice.between(0.3f, 1.7f));
            case GREEN_APPLE ->
                skin.apple(
                        Colour.of(0x9DB83F).near(dice, 0.2f),
                        Colour.of(0xB9B24A).near(dice, 0.15f),
                        dice.between(-1.5f, 0.3f));
            case ORANGE -> skin.citrus(Colour.of(0xEE8312).near(dice, 0.14f), Colour.of(0xE5A034), 30, 0.008f);
            case LEMON -> skin.citrus(Colour.of(0xF0CF2C).near(dice, 0.1f), Colour.of(0xC3C440), 36, 0.006f);
            case GREEN_PEAR -> skin.pear(Colour.of(0xA3AE44).near(dice, 0.17f), Colour.of(0x8F7A3C));
            case YELLOW_PEAR -> skin.pear(Colour.of(0xD7BC52).near(dice, 0.13f), Colour.of(0xB5653A));
            case PEACH -> skin.peach();
            case TOMATO -> skin.tomato();
        }
    }

    private void apple(Colour ground, Colour cover, float redness) {
        Colour lenticel = ground.mix(Colour.of(0xF4E9C0), 0.6f);
        float streaks = variety == Variety.GREEN_APPLE ? dice.between(0, 0.3f) : dice.between(0.2f, 0.85f);
        float dots = dice.between(0.1f, 0.5f);
        float pole = dice.between(1.5f, 1.9f);
        surface.everywhere((i, u, v) -> {
            float meridian = u / (v + pole + 0.6f);
            float streak = CLOUD.at(x + meridian * 700, y + v * 22);
            float patch = CLOUD.at(y + u * 36, x + v * 36);
            float share = smooth(-1.4f, 1.4f, redness + 0.75f * patch + streaks * streak);
            float tone = 1 + 0.06f * CLOUD.at(x + u * 110, y + v * 110);
            surface.set(
                    i,
                    tone * (ground.red() + share * (cover.red() - ground.red())),
                    tone * (ground.green() + share * (cover.green() - ground.green())),
                    tone * (ground.blue() + share * (cover.blue() - ground.blue())));
            surface.paint(i, lenticel, dots * SPECKS.at(x + u * 180, y + v * 180));
            surface.bump[i] = 0.0015f * GRAIN.at(x + u * 60, y + v * 60);
        });
        hollow(0.2f, 0.14f, Colour.of(0x8D7A46), dice.between(0.1f, 0.6f));
    }

    private void citrus(Colour base, Colour other, float pores, float depth) {
        Colour pale = base.mix(other, dice.between(0.2f, 0.8f));
        float patches = dice.between(0.1f, 0.35f);
        float frequency = pores * 10.7f * dice.between(0.85f, 1.15f);
        float depths = depth * dice.between(0.7f, 1.5f);
        float greenish = dice.chance(0.25) ? dice.between(0.1f, 0.35f) : 0;
        Colour green = Colour.of(0x8C9A2E);
        surface.everywhere((i, u, v) -> {
            float pore = PORES.at(x + u * frequency, y + v * frequency);
            float pit = 1 - smooth(0.05f, 0.5f, pore);
            float share = Math.min(1, Math.max(0, 0.4f + patches * CLOUD.at(x + u * 40, y + v * 40)));
            float tone = 1 + 0.04f * CLOUD.at(y + u * 130, x + v * 130) - 0.1f * pit;
            surface.set(
                    i,
                    tone * (base.red() + share * (pale.red() - base.red())),
                    tone * (base.green() + share * (pale.green() - base.green())),
                    tone * (base.blue() + share * (pale.blue() - base.blue())));
            if (greenish > 0) {
                surface.paint(i, green, greenish * smooth(0.5f, 1.3f, -v));
            }
            surface.bump[i] = -depths * pit + 0.006f * CLOUD.at(x + u * 50, y + v * 50);
        });
        if (variety == Variety.ORANGE) {
            hollow(0.16f, 0.03f, Colour.of(0x7C7A3A), 0.35f);
        }
    }

    private void pear(Colour base, Colour blush) {
        Colour speck = Colour.of(0x7D6230).near(dice, 0.2f);
        Colour russet = Colour.of(0x95703A);
        float dots = dice.between(0.35f, 0.8f);
        float side = dice.between(-1.2f, 1.2f);
        float blushing = dice.chance(0.5) ? dice.between(0.2f, 0.7f) : 0;
        float russets = dice.between(0, 0.55f);
        surface.everywhere((i, u, v) -> {
            float cloud = CLOUD.at(x + u * 45, y + v * 45);
            float tone = 1 + 0.09f * cloud;
            surface.set(i, tone * base.red(), tone * base.green(), tone * base.blue());
            if (blushing > 0) {
                surface.paint(i, blush, blushing * smooth(-0.2f, 1.1f, u * side + 0.35f * cloud));
            }
            surface.paint(i, russet, russets * smooth(0.62f, 1.1f, -v + 0.12f * cloud));
            surface.paint(i, speck, dots * SPECKS.at(x + u * 260, y + v * 260));
            surface.bump[i] = 0.0007f * GRAIN.at(x + u * 90, y + v * 90) + 0.003f * CLOUD.at(y + u * 50, x + v * 50);
        });
    }

    private void peach() {
        Colour ground = Colour.of(0xEDB45A).near(dice, 0.12f);
        Colour blush = Colour.of(0xB5392F).near(dice, 0.2f);
        Colour fuzz = Colour.of(0xF0D2B0);
        float redness = dice.between(-0.7f, 0.8f);
        float side = dice.between(-0.9f, 0.9f);
        float seam = dice.between(-0.5f, 0.5f);
        float pole = 1.35f;
        surface.everywhere((i, u, v) -> {
            float cloud = CLOUD.at(x + u * 40, y + v * 40);
            float share =
                    smooth(-1.3f, 1.3f, redness + side * u + 0.8f * cloud + 0.15f * GRAIN.at(x + u * 90, y + v * 90));
            surface.set(
                    i,
                    ground.red() + share * (blush.red() - ground.red()),
                    ground.green() + share * (blush.green() - ground.green()),
                    ground.blue() + share * (blush.blue() - ground.blue()));
            float edge = 1 - surface.nz[i];
            float hairs = 1 + 0.25f * GRAIN.at(y + u * 150, x + v * 150);
            surface.paint(i, fuzz, hairs * (0.07f + 0.4f * edge * edge));
            float across = (u / (v + pole + 0.4f) - seam) * 9;
            float groove = (float) Math.exp(-across * across);
            surface.bump[i] = -0.045f * groove + 0.0008f * GRAIN.at(x + u * 120, y + v * 120);
        });
        hollow(0.2f, 0.1f, Colour.of(0xA08A40), 0.3f);
    }

    private void tomato() {
        Colour base =
                Colour.of(0xC2261A).near(dice, 0.12f).mix(Colour.of(0xE0661C), Math.max(0, dice.between(-0.5f, 0.6f)));
        Colour shoulder = Colour.of(0xC08A2C);
        float unripe = dice.chance(0.5) ? dice.between(0.1f, 0.6f) : 0;
        float ribs = dice.chance(0.5) ? dice.between(0.01f, 0.05f) : 0;
        float count = dice.between(5, 8);
        surface.everywhere((i, u, v) -> {
            float cloud = CLOUD.at(x + u * 30, y + v * 30);
            float tone = 1 + 0.07f * cloud;
            surface.set(i, tone * base.red(), tone * base.green(), tone * base.blue());
            if (unripe > 0) {
                surface.paint(i, shoulder, unripe * smooth(0.35f, 1.15f, -v + 0.15f * cloud));
            }
            surface.paint(i, shoulder, 0.18f * SPECKS.at(x + u * 330, y + v * 330));
            if (ribs > 0) {
                surface.bump[i] = ribs * (float) Math.cos(count * 1.6f * u / (v + 2.1f)) * smooth(-0.4f, 1, -v);
            }
        });
        hollow(0.26f, 0.1f, Colour.of(0x7C8A32), 0.3f);
    }

    /** The hollow that the stem stands in. */
    private void hollow(float radius, float depth, Colour tint, float tinted) {
        surface.around(0, -variety.stem() * 1.15f, 4.6f * radius, (i, du, dv) -> {
            float dx = du / (1.5f * radius);
            float dy = dv / radius;
            float square = dx * dx + dy * dy;
            if (square < 9) {
                float bell = (float) Math.exp(-square);
                surface.bump[i] -= depth * bell;
                surface.paint(i, tint, tinted * bell);
                surface.darken(i, 1 - 0.45f * bell);
            }
        });
    }
}

package io.blemish.samples;

import static io.blemish.samples.Moulds.claim;
import static io.blemish.samples.Noise.CLOUD;
import static io.blemish.samples.Noise.smooth;

/** Paints where the flesh or the skin has changed by itself: rot, bruises, wrinkles, faded colour. */
final class Decays {
    private Decays() {}

    /** Bacterial soft rot: water-soaked, brown and translucent, sunken behind a clear edge, wet. */
    static void softRot(Surface surface, Patch patch, Dice dice) {
        Colour brown = Colour.of(0x6A3A12).mix(Colour.of(0x4E2C14), dice.unit()).near(dice, 0.12f);
        Blob blob = new Blob(dice, patch.radius(), 0.11f, 2);
        float x = dice.place();
        float y = dice.place();
        float rings = dice.between(9, 15);
        surface.around(patch.u(), patch.v(), patch.radius() * 2, (i, du, dv) -> {
            float depth = blob.depth(du, dv);
            float cover = smooth(-0.05f, 0.1f, depth);
            // The skin around it is soaked too, but keeps its colour.
            float soaked = smooth(-0.28f, 0, depth);
            surface.darken(i, 1 - 0.3f * soaked);
            if (cover <= 0) {
                return;
            }
            float inner = smooth(0, 0.5f, depth);
            float ripple = CLOUD.at(x + du * 150, y + dv * 150);
            float tone = 0.85f + 0.5f * inner + 0.13f * (float) Math.sin(rings * depth) + 0.12f * ripple;
            surface.paint(i, brown.scaled(tone), cover * (0.92f - 0.12f * inner));
            surface.bump[i] += -0.05f * smooth(-0.15f, 0.45f, depth) + cover * 0.012f * ripple;
            surface.gloss[i] = surface.gloss[i] * (1 - cover) + cover * -1;
            claim(surface, patch, i, cover);
        });
    }

    /** A bruise: a soft-edged, dull, flattened area with the skin whole over brown flesh. */
    static void bruise(Surface surface, Patch patch, Dice dice) {
        Colour brown = Colour.of(0x7A5234).mix(Colour.of(0x6A4A3C), dice.unit()).near(dice, 0.1f);
        Blob blob = new Blob(dice, patch.radius() * 1.12f, 0.08f, 1.6f);
        float x = dice.place();
        float y = dice.place();
        surface.around(patch.u(), patch.v(), patch.radius() * 2.3f, (i, du, dv) -> {
            float depth = blob.depth(du, dv);
            float cover = smooth(-0.22f, 0.52f, depth);
            if (cover <= 0) {
                return;
            }
            float light = surface.red[i] * 0.3f + surface.green[i] * 0.6f + surface.blue[i] * 0.1f;
            float tone = 0.45f + 0.9f * Math.min(1, light) + 0.07f * CLOUD.at(x + du * 60, y + dv * 60);
            surface.paint(i, brown.scaled(tone), cover * 0.84f);
            surface.bump[i] -= 0.07f * smooth(-0.3f, 0.75f, depth);
            surface.gloss[i] *= 1 - 0.75f * cover;
            claim(surface, patch, i, smooth(0, 0.44f, cover));
        });
    }

    /** Wrinkles: a net of ridges over dried-out skin, seen by their shading more than by their colour. */
    static void wrinkles(Surface surface, Patch patch, Dice dice) {
        Blob blob = new Blob(dice, patch.radius() * 1.03f, 0.1f, 1.6f);
        float x = dice.place();
        float y = dice.place();
        float ridges = 6.2831855f / dice.between(0.1f, 0.14f);
        double turn = dice.between(0, 3.14f);
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        surface.around(patch.u(), patch.v(), patch.radius() * 2, (i, du, dv) -> {
            float cover = smooth(-0.06f, 0.22f, blob.depth(du, dv));
            if (cover <= 0) {
                return;
            }
            float along = cos * du + sin * dv;
            float across = cos * dv - sin * du;
            float warp = CLOUD.at(x + along * 80, y + across * 110);
            float one = (float) Math.sin(ridges * across + 3f * warp);
            float other = (float)
                    Math.sin(ridges * 0.8f * (0.7f * along + 0.5f * across) + 3 * CLOUD.at(y + du * 90, x + dv * 90));
            float valley = Math.max(smooth(-0.1f, 1, one), 0.6f * smooth(0.5f, 1, other));
            surface.darken(i, 1 - cover * (0.04f + 0.48f * valley));
            surface.bump[i] -= cover * 0.03f * valley;
            surface.gloss[i] *= 1 - 0.4f * cover;
            claim(surface, patch, i, cover);
        });
    }

    /** Discolouration: the skin whole and smooth, but bleached or yellowed, with soft edges. */
    static void discolouration(Surface surface, Patch patch, Dice dice) {
        Colour pale = paleFor(surface, patch, dice);
        Blob blob = new Blob(dice, patch.radius() * 1.06f, 0.16f, 2.2f);
        float x = dice.place();
        float y = dice.place();
        surface.around(patch.u(), patch.v(), patch.radius() * 2, (i, du, dv) -> {
            float cover = smooth(-0.2f, 0.42f, blob.depth(du, dv));
            if (cover <= 0) {
                return;
            }
            surface.paint(i, pale, cover * (0.8f + 0.08f * CLOUD.at(x + du * 90, y + dv * 90)));
            claim(surface, patch, i, cover);
        });
    }

    /** Of the colours that skin fades to, one that differs from the skin there. */
    private static Colour paleFor(Surface surface, Patch patch, Dice dice) {
        Mean mean = new Mean();
        surface.around(patch.u(), patch.v(), patch.radius(), (i, du, dv) -> mean.add(surface, i));
        Colour skin = mean.colour();
        Colour best = skin;
        float furthest = -1;
        for (int rgb : new int[] {0xEFE2B4, 0xE8D47C, 0xC98E48}) {
            Colour candidate = Colour.of(rgb).near(dice, 0.05f);
            float distance = Math.abs((float) Math.sqrt(candidate.red()) - (float) Math.sqrt(skin.red()))
                    + Math.abs((float) Math.sqrt(candidate.green()) - (float) Math.sqrt(skin.green()))
                    + Math.abs((float) Math.sqrt(candidate.blue()) - (float) Math.sqrt(skin.blue()))
                    + dice.between(0, 0.3f);
            if (distance > furthest) {
                furthest = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** The mean colour of the skin. */
    private static final class Mean {
        private double red;
        private double green;
        private double blue;
        private int count;

        void add(Surface surface, int i) {
            red += surface.red[i];
            green += surface.green[i];
            blue += surface.blue[i];
            count++;
        }

        Colour colour() {
            int n = Math.max(count, 1);
            return new Colour((float) (red / n), (float) (green / n), (float) (blue / n));
        }
    }
}

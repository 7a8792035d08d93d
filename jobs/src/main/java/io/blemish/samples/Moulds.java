package io.blemish.samples;

import static io.blemish.samples.Noise.CLOUD;
import static io.blemish.samples.Noise.FIBRES;
import static io.blemish.samples.Noise.GRAIN;
import static io.blemish.samples.Noise.smooth;

/** Paints what grows on a fruit. */
final class Moulds {
    private static final Colour WOOL = Colour.of(0xEDEBE2);

    private Moulds() {}

    /** Penicillium digitatum: olive to sage-green powder with a broad white woolly margin. */
    static void green(Surface surface, Patch patch, Dice dice) {
        Colour powder =
                Colour.of(0x62783A).mix(Colour.of(0x788C58), dice.unit()).near(dice, 0.1f);
        Blob blob = new Blob(dice, patch.radius(), 0.13f, 3);
        Colour wool = WOOL.near(dice, 0.06f);
        float x = dice.place();
        float y = dice.place();
        float margin = dice.between(0.15f, 0.27f);
        surface.around(patch.u(), patch.v(), patch.radius() * 2, (i, du, dv) -> {
            float grain = GRAIN.at(x + du * 130, y + dv * 130);
            float depth = blob.depth(du, dv) + 0.035f * grain;
            float cover = smooth(-0.02f, 0.09f, depth);
            if (cover <= 0) {
                return;
            }
            float centre = smooth(margin - 0.08f, margin + 0.14f, depth + 0.05f * CLOUD.at(y + du * 160, x + dv * 160));
            float tone = 1 + 0.14f * grain + 0.12f * CLOUD.at(x + du * 90, y + dv * 90);
            surface.paint(i, wool.scaled(0.9f + 0.06f * grain), cover * 0.95f);
            surface.paint(i, powder.scaled(tone), centre * 0.97f);
            surface.bump[i] += cover * (0.03f * smooth(0, 0.3f, depth) - 0.012f * centre + 0.004f * grain);
            surface.gloss[i] *= 1 - cover;
            claim(surface, patch, i, cover);
        });
    }

    /** Penicillium italicum: several blue-grey tufts that run into each other, each with a narrow white rim. */
    static void blue(Surface surface, Patch patch, Dice dice) {
        Colour powder =
                Colour.of(0x4E82A0).mix(Colour.of(0x7398AC), dice.unit()).near(dice, 0.09f);
        int tufts = dice.between(3, 5);
        Blob[] blobs = new Blob[tufts];
        float[] us = new float[tufts];
        float[] vs = new float[tufts];
        float radius = patch.radius() * 0.66f;
        double turn = dice.between(0, 6.28f);
        for (int t = 0; t < tufts; t++) {
            blobs[t] = new Blob(dice, radius * dice.between(0.75f, 1.05f), 0.12f, 3);
            double angle = turn + 6.2831853 * t / tufts;
            us[t] = (float) Math.cos(angle) * patch.radius() * 0.58f;
            vs[t] = (float) Math.sin(angle) * patch.radius() * 0.58f;
        }
        float x = dice.place();
        float y = dice.place();
        surface.around(patch.u(), patch.v(), patch.radius() * 2, (i, du, dv) -> {
            float depth = -1;
            for (int t = 0; t < tufts; t++) {
                depth = Math.max(depth, blobs[t].depth(du - us[t], dv - vs[t]));
            }
            float grain = GRAIN.at(x + du * 110, y + dv * 110);
            depth += 0.04f * grain;
            float cover = smooth(-0.02f, 0.1f, depth);
            if (cover <= 0) {
                return;
            }
            float centre = smooth(0.08f, 0.26f, depth);
            float tone = 1 + 0.12f * grain + 0.14f * CLOUD.at(x + du * 120, y + dv * 120);
            surface.paint(i, WOOL.scaled(0.92f), cover * 0.95f);
            surface.paint(i, powder.scaled(tone), centre * 0.97f);
            surface.bump[i] += cover * (0.05f * smooth(0, 0.6f, depth) + 0.006f * grain);
            surface.gloss[i] *= 1 - cover;
            claim(surface, patch, i, cover);
        });
    }

    /** Cottony mycelium: white threads that stand off the skin and reach beyond the tuft. */
    static void white(Surface surface, Patch patch, Dice dice) {
        Blob blob = new Blob(dice, patch.radius() * 0.98f, 0.14f, 3);
        Colour wool = Colour.of(0xF6F4EE).near(dice, 0.04f);
        float x = dice.place();
        float y = dice.place();
        float frequency = dice.between(85, 130);
        surface.around(patch.u(), patch.v(), patch.radius() * 2.2f, (i, du, dv) -> {
            float thread = FIBRES.at(x + du * frequency, y + dv * frequency);
            float finer = FIBRES.at(y + du * frequency * 1.9f, x + dv * frequency * 1.9f);
            float fluff = Math.max(thread, 0.8f * finer);
            float depth = blob.depth(du, dv);
            float body = smooth(-0.05f, 0.4f, depth);
            float strays = smooth(-0.3f, 0.1f, depth) * smooth(0.3f, 0.7f, fluff);
            float cover = Math.max(strays * 0.85f, body * (0.72f + 0.28f * fluff));
            if (cover <= 0) {
                return;
            }
            surface.paint(i, wool.scaled(0.72f + 0.28f * fluff), cover * 0.97f);
            surface.bump[i] += 0.09f * smooth(-0.1f, 0.8f, depth) + 0.013f * cover * fluff;
            surface.gloss[i] *= 1 - cover;
            claim(surface, patch, i, Math.max(cover, smooth(-0.06f, 0.06f, depth)));
        });
    }

    static void claim(Surface surface, Patch patch, int i, float cover) {
        if (cover > 0.5f) {
            surface.owner[i] = patch.owner();
        }
    }
}

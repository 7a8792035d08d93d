package io.blemish.samples;

import static io.blemish.samples.Moulds.claim;
import static io.blemish.samples.Noise.CLOUD;
import static io.blemish.samples.Noise.CRACKS;
import static io.blemish.samples.Noise.GRAIN;
import static io.blemish.samples.Noise.smooth;

/** Paints where the skin is broken or crusted: spots, cuts, scab. */
final class Wounds {
    private Wounds() {}

    /** Dark spots: a group of small, round, sunken, nearly black lesions with a narrow lighter rim. */
    static void spots(Surface surface, Patch patch, Dice dice) {
        Colour black = Colour.of(0x1C120E).near(dice, 0.2f);
        Colour rim = Colour.of(0x8A6A3E).near(dice, 0.1f);
        int count = dice.between(6, 9);
        float[] us = new float[count];
        float[] vs = new float[count];
        float[] radii = new float[count];
        float spread = patch.radius() * 1.75f;
        double turn = dice.between(0, 6.28f);
        for (int s = 0; s < count; s++) {
            // Sunflower seeds, shaken: spread evenly without a pattern.
            double far = spread * Math.sqrt((s + 0.35) / count);
            double angle = turn + 2.3999632 * s;
            us[s] = (float) (far * Math.cos(angle)) + 0.1f * spread * dice.normal() * 0.6f;
            vs[s] = (float) (far * Math.sin(angle)) + 0.1f * spread * dice.normal() * 0.6f;
            radii[s] = patch.radius() * dice.between(0.75f, 1.2f) / (float) Math.sqrt(count);
        }
        float x = dice.place();
        float y = dice.place();
        surface.around(patch.u(), patch.v(), patch.radius() * 2.8f, (i, du, dv) -> {
            float depth = -1;
            for (int s = 0; s < count; s++) {
                float dx = du - us[s];
                float dy = dv - vs[s];
                depth = Math.max(depth, 1 - (float) Math.sqrt(dx * dx + dy * dy) / radii[s]);
            }
            if (depth < -0.5f) {
                return;
            }
            depth += 0.06f * CLOUD.at(x + du * 200, y + dv * 200);
            float cover = smooth(-0.12f, 0.06f, depth);
            float core = smooth(0.04f, 0.2f, depth);
            surface.paint(i, rim, cover * 0.6f);
            surface.paint(i, black, core * 0.95f);
            surface.bump[i] -= 0.03f * smooth(-0.1f, 0.5f, depth);
            surface.gloss[i] *= 1 - 0.8f * cover;
            claim(surface, patch, i, cover);
        });
    }

    /** Half the length of a cut, in radii. */
    static float halfLength(float size) {
        return 0.46f + 0.24f * size;
    }

    /** A cut: a long thin slit, dark inside, between lips of lighter flesh. */
    static void cut(Surface surface, Patch patch, Dice dice, Colour flesh) {
        float half = halfLength(patch.size());
        float wide = dice.between(0.055f, 0.07f) + 0.015f * patch.size();
        float bow = dice.between(-0.25f, 0.25f);
        double turn = dice.between(0, 3.1415927f);
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        Colour lip = flesh.near(dice, 0.08f);
        Colour dark = Colour.of(0x2A160C);
        Colour dried = Colour.of(0x8A5A30);
        float x = dice.place();
        surface.around(patch.u(), patch.v(), half * 1.1f, (i, du, dv) -> {
            float p = (cos * du + sin * dv) / half;
            if (Math.abs(p) >= 1) {
                return;
            }
            float middle = bow * half * (p * p - 0.3f) + 0.008f * CLOUD.at(x + p * 60, 0);
            float thick = wide * (float) Math.sqrt(1 - p * p) * (1 + 0.13f * CLOUD.at(x + p * 90, 40));
            float depth = 1 - Math.abs(cos * dv - sin * du - middle) / Math.max(thick, 1e-4f);
            float cover = smooth(-0.1f, 0.12f, depth);
            if (cover <= 0) {
                return;
            }
            float slit = smooth(0.52f, 0.7f, depth);
            surface.paint(i, dried, cover * 0.8f);
            surface.paint(i, lip, smooth(0.06f, 0.25f, depth) * 0.95f);
            surface.paint(i, dark, slit * 0.96f);
            surface.bump[i] += 0.02f * smooth(-0.1f, 0.4f, depth) - 0.05f * slit;
            surface.gloss[i] *= 1 - 0.7f * cover;
            claim(surface, patch, i, cover);
        });
    }

    /** Scab: a rough, corky, grey-brown crust that has cracked into plates, with ragged edges and an island or two. */
    static void scab(Surface surface, Patch patch, Dice dice) {
        Colour cork = Colour.of(0x9A8468).mix(Colour.of(0x7E7062), dice.unit()).near(dice, 0.1f);
        Colour crack = Colour.of(0x2C2018);
        Blob blob = new Blob(dice, patch.radius() * 0.92f, 0.24f, 3.5f);
        Blob island = new Blob(dice, patch.radius() * 0.36f, 0.2f, 3);
        double angle = dice.between(0, 6.28f);
        float iu = (float) Math.cos(angle) * patch.radius() * 1.35f;
        float iv = (float) Math.sin(angle) * patch.radius() * 1.35f;
        float x = dice.place();
        float y = dice.place();
        float frequency = dice.between(170, 240);
        surface.around(patch.u(), patch.v(), patch.radius() * 2.4f, (i, du, dv) -> {
            float grain = GRAIN.at(x + du * 120, y + dv * 120);
            float depth = Math.max(blob.depth(du, dv), island.depth(du - iu, dv - iv)) + 0.05f * grain;
            float cover = smooth(-0.02f, 0.08f, depth);
            if (cover <= 0) {
                return;
            }
            float wx = x + du * frequency + 5 * grain;
            float wy = y + dv * frequency;
            float plate = smooth(0.03f, 0.2f, CRACKS.at(wx, wy));
            float tone = 0.85f + 0.3f * CLOUD.at(y + du * 140, x + dv * 140) + 0.2f * grain;
            surface.paint(i, cork.scaled(Math.max(0.3f, tone)), cover * 0.93f);
            surface.paint(i, crack, cover * (1 - plate) * 0.85f);
            surface.paint(i, crack, 0.5f * cover * (1 - smooth(0.05f, 0.22f, depth)));
            surface.bump[i] += cover * (0.03f * plate + 0.007f * grain);
            surface.gloss[i] *= 1 - cover;
            claim(surface, patch, i, cover);
        });
    }
}

package io.blemish.samples;

import java.util.Locale;

/** What can be wrong with a generated fruit; how each looks is told at its painter. */
public enum Defect {
    GREEN_MOULD(0.038f, 0.092f),
    BLUE_MOULD(0.034f, 0.085f),
    WHITE_MOULD(0.036f, 0.088f),
    SOFT_ROT(0.038f, 0.088f),
    DARK_SPOTS(0.029f, 0.056f),
    BRUISE(0.034f, 0.085f),
    CUT(0.018f, 0.04f),
    WRINKLED_SKIN(0.065f, 0.125f),
    SCAB(0.037f, 0.082f),
    DISCOLOURATION(0.041f, 0.1f);

    private final float least;
    private final float most;

    Defect(float least, float most) {
        this.least = least;
        this.most = most;
    }

    /** Its name in truths, masks and knowledge bases, for example {@code green mould}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The share of the fruit's visible area that it is meant to cover when it is as small or as large as it gets. */
    float area(float size) {
        return least + size * (most - least);
    }
}

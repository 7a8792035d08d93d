package io.blemish.lm;

import io.blemish.checkpoint.ConfigNode;

/** What the configurations of all language models must keep to, whatever their keys are called. */
final class LmBounds {
    private static final int MOST_LAYERS = 1000;
    private static final int LEAST_POSITIONS = 2;

    private LmBounds() {}

    /** Requires that heads divide the width, that layers can be, that a text fits, and that its tokens are known. */
    static void require(ConfigNode config, Sizes sizes, long highestToken) {
        if (sizes.width % sizes.heads != 0) {
            throw config.unusable(sizes.heads + " heads do not divide a width of " + sizes.width);
        }
        if (sizes.layers > MOST_LAYERS) {
            throw config.unusable(sizes.layers + " layers are more than the " + MOST_LAYERS + " that are supported");
        }
        if (sizes.positions < LEAST_POSITIONS) {
            throw config.unusable("a context of " + sizes.positions + " tokens is shorter than " + LEAST_POSITIONS);
        }
        if (highestToken >= sizes.vocabulary) {
            throw config.unusable("token " + highestToken + " is outside a vocabulary of " + sizes.vocabulary);
        }
    }

    /** The numbers that are bounded. */
    record Sizes(int width, int heads, int layers, int positions, int vocabulary) {}
}

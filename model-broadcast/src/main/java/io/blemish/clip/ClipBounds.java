package io.blemish.clip;

import io.blemish.checkpoint.ConfigNode;

/** What the two kinds of configuration files must keep to, whatever their keys are called. */
final class ClipBounds {
    private static final int MOST_LAYERS = 1000;

    /** A text has a token between its first and its last. */
    private static final int LEAST_POSITIONS = 3;

    private ClipBounds() {}

    /** The tower's transformer, once it is certain that the heads divide its width and that its layers can be. */
    static ClipConfig.Tower tower(ConfigNode config, ClipConfig.Tower tower) {
        if (tower.width() % tower.heads() != 0) {
            throw config.unusable(tower.heads() + " heads do not divide a width of " + tower.width());
        }

        if (tower.layers() > MOST_LAYERS) {
            throw config.unusable(tower.layers() + " layers are more than the " + MOST_LAYERS + " that are supported");
        }

        return tower;
    }

    /** The image tower, once it is certain that patches cover a picture and that relevance has its blocks. */
    static ClipConfig.Vision vision(ConfigNode config, ClipConfig.Vision vision) {
        if (vision.side() % vision.patch() != 0) {
            throw config.unusable(
                    "a patch of " + vision.patch() + " pixels does not divide a side of " + vision.side());
        }

        if (vision.relevanceBlocks() > vision.tower().layers()) {
            throw config.unusable("relevance is to be summed over " + vision.relevanceBlocks() + " of "
                    + vision.tower().layers() + " blocks");
        }

        return vision;
    }

    /** The text tower, once it is certain that a text fits into it. */
    static ClipConfig.Text text(ConfigNode config, ClipConfig.Text text) {
        if (text.positions() < LEAST_POSITIONS) {
            throw config.unusable("a context of " + text.positions() + " tokens is shorter than " + LEAST_POSITIONS);
        }

        return text;
    }
}

package io.blemish.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * An object of a configuration file, whose values are read with a default and within bounds.
 *
 * @param file to name in messages
 * @param path of the object in the file, empty at its top
 * @param json the object; a missing one gives every default
 */
record ConfigNode(Path file, String path, JsonNode json) {
    private static final int LARGEST = 1 << 24;
    private static final int MOST_LAYERS = 1000;

    /** A text has a token between its first and its last. */
    private static final int LEAST_POSITIONS = 3;

    /** The object under a key; empty where there is none. */
    ConfigNode child(String key) {
        JsonNode child = json.path(key);
        return new ConfigNode(file, name(key), child.isObject() ? child : MissingNode.getInstance());
    }

    /** Whether the key is there with another value than null. */
    boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** A whole number of at least 1. */
    int count(String key, int absent) {
        if (!has(key)) {
            return absent;
        }

        JsonNode value = json.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > LARGEST) {
            throw refused(key, "it is not a whole number from 1 to " + LARGEST);
        }

        return value.asInt();
    }

    /** A token id. */
    long id(String key, long absent) {
        if (!has(key)) {
            return absent;
        }

        JsonNode value = json.get(key);
        if (!value.isIntegralNumber() || value.asLong() < 0) {
            throw refused(key, "it is not a token id");
        }

        return value.asLong();
    }

    /** A number above 0. */
    double positive(String key, double absent) {
        if (!has(key)) {
            return absent;
        }

        double value = json.get(key).isNumber() ? json.get(key).asDouble() : 0;
        if (!(value > 0 && Double.isFinite(value))) {
            throw refused(key, "it is not a number above 0");
        }

        return value;
    }

    /** A text. */
    String text(String key, String absent) {
        return has(key) ? json.get(key).asText() : absent;
    }

    /** The tower's transformer, once it is certain that the heads divide its width and that its layers can be. */
    ClipConfig.Tower tower(ClipConfig.Tower tower) {
        if (tower.width() % tower.heads() != 0) {
            throw unusable(tower.heads() + " heads do not divide a width of " + tower.width());
        }

        if (tower.layers() > MOST_LAYERS) {
            throw unusable(tower.layers() + " layers are more than the " + MOST_LAYERS + " that are supported");
        }

        return tower;
    }

    /** The image tower, once it is certain that patches cover a picture. */
    ClipConfig.Vision vision(ClipConfig.Vision vision) {
        if (vision.side() % vision.patch() != 0) {
            throw unusable("a patch of " + vision.patch() + " pixels does not divide a side of " + vision.side());
        }

        return vision;
    }

    /** The text tower, once it is certain that a text fits into it. */
    ClipConfig.Text text(ClipConfig.Text text) {
        if (text.positions() < LEAST_POSITIONS) {
            throw unusable("a context of " + text.positions() + " tokens is shorter than " + LEAST_POSITIONS);
        }

        return text;
    }

    /** The refusal of a value. */
    UserException refused(String key, String cause) {
        return unusable(name(key) + " is " + json.get(key) + " and " + cause);
    }

    /** The refusal of the file. */
    UserException unusable(String cause) {
        return UserException.cannot(
                "use " + file + " as CLIP's configuration",
                cause,
                "Name a folder with a CLIP vision transformer's checkpoint");
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

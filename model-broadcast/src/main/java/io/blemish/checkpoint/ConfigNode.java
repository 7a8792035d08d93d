package io.blemish.checkpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * An object of a configuration file, whose values are read with a default and within bounds.
 *
 * @param origin the file, and what it is read for: what messages name
 * @param path of the object in the file, empty at its top
 * @param json the object; a missing one gives every default
 */
public record ConfigNode(Origin origin, String path, JsonNode json) {
    private static final int LARGEST = 1 << 24;

    public ConfigNode {
        requireNonNull(origin, "origin is null");
        requireNonNull(path, "path is null");
        requireNonNull(json, "json is null");
    }

    /**
     * Where a configuration comes from.
     *
     * @param file the file
     * @param owner whose configuration it should be, for example {@code CLIP's}
     * @param cure what to do about an unusable one
     */
    public record Origin(Path file, String owner, String cure) {}

    /** The object at the top of a file. */
    public static ConfigNode top(Origin origin, JsonNode json) {
        return new ConfigNode(origin, "", json);
    }

    /** The object under a key; empty where there is none. */
    public ConfigNode child(String key) {
        JsonNode child = json.path(key);
        return new ConfigNode(origin, name(key), child.isObject() ? child : MissingNode.getInstance());
    }

    /** Whether the key is there with another value than null. */
    public boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** A whole number of at least 1. */
    public int count(String key, int absent) {
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
    public long id(String key, long absent) {
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
    public double positive(String key, double absent) {
        if (!has(key)) {
            return absent;
        }

        double value = json.get(key).isNumber() ? json.get(key).asDouble() : 0;
        if (!(value > 0 && Double.isFinite(value))) {
            throw refused(key, "it is not a number above 0");
        }

        return value;
    }

    /** True or false. */
    public boolean flag(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }

        if (!json.get(key).isBoolean()) {
            throw refused(key, "it is neither true nor false");
        }

        return json.get(key).asBoolean();
    }

    /** A text. */
    public String text(String key, String absent) {
        return has(key) ? json.get(key).asText() : absent;
    }

    /** The refusal of a value. */
    public UserException refused(String key, String cause) {
        return unusable(name(key) + " is " + json.get(key) + " and " + cause);
    }

    /** The refusal of the file. */
    public UserException unusable(String cause) {
        return UserException.cannot(
                "use " + origin.file() + " as " + origin.owner() + " configuration", cause, origin.cure());
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

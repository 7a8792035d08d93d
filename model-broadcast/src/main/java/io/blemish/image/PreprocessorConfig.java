package io.blemish.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * The preprocessing that a checkpoint asks for, under Hugging Face's names.
 *
 * @param file to name in messages
 * @param json the object in it
 */
record PreprocessorConfig(Path file, JsonNode json) {
    private static final int BICUBIC = 3;

    /** Refuses whatever is another kind of preprocessing than CLIP's. */
    void requireClips() {
        requireTrue("do_resize");
        requireTrue("do_center_crop");
        requireTrue("do_rescale");
        requireNumber("resample", BICUBIC, 0);
        requireNumber("rescale_factor", 1 / 255.0, 1e-6);
        requireText("resize_mode", "shortest");
        requireText("interpolation", "bicubic");
    }

    boolean normalises() {
        return json.path("do_normalize").asBoolean(true);
    }

    /** The side of the crop, which is also the shorter side after resizing. */
    int side(int absent) {
        JsonNode size = json.path("size");
        if (size.has("height") || size.has("width")) {
            throw refused("size", size, "pictures would be stretched to a square", "State size as shortest_edge");
        }

        int resized = positive("size", size.isObject() ? size.path("shortest_edge") : size, absent);
        JsonNode crop = json.path("crop_size");
        int height = positive("crop_size", crop.isObject() ? crop.path("height") : crop, resized);
        int width = positive("crop_size", crop.isObject() ? crop.path("width") : crop, resized);
        if (height != resized || width != resized) {
            throw refused("crop_size", crop, "it is not the square of size " + resized, "Make both equal");
        }

        return resized;
    }

    /** One number for each of red, green and blue. */
    float[] channels(String key, float[] absent) {
        JsonNode list = json.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return absent;
        }

        float[] values = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            double value = list.path(channel).asDouble(Double.NaN);
            boolean usable = list.size() == 3 && Double.isFinite(value) && (value > 0 || key.equals("image_mean"));
            if (!usable) {
                throw refused(key, list, "it is not three usable numbers", "Restore the checkpoint's file");
            }
            values[channel] = (float) value;
        }

        return values;
    }

    private int positive(String key, JsonNode value, int absent) {
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > 4096) {
            throw refused(key, value, "it is not a number of pixels from 1 to 4096", "Restore the checkpoint's file");
        }

        return value.asInt();
    }

    private void requireTrue(String key) {
        if (!json.path(key).asBoolean(true)) {
            throw refused(key, json.get(key), "CLIP's preprocessing needs it", "Set it to true or remove it");
        }
    }

    private void requireNumber(String key, double expected, double tolerance) {
        double value = json.path(key).asDouble(json.hasNonNull(key) ? Double.NaN : expected);
        if (!(Math.abs(value - expected) <= tolerance)) {
            throw refused(key, json.get(key), "only " + expected + " is supported", "Remove it");
        }
    }

    private void requireText(String key, String expected) {
        if (json.hasNonNull(key) && !json.get(key).asText().equals(expected)) {
            throw refused(
                    key,
                    json.get(key),
                    "only \"" + expected + "\" is supported",
                    "Name a checkpoint that was trained with CLIP's preprocessing");
        }
    }

    private UserException refused(String key, JsonNode value, String cause, String cure) {
        return UserException.cannot("use " + file, key + " is " + value + " and " + cause, cure);
    }
}

package io.blemish.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.error.UserException;
import java.util.Optional;

/**
 * CLIP's preprocessing: bicubic resize of the shorter side, centre crop, scaling to 0…1, normalisation for each
 * channel. Equal to the last bit to OpenAI's {@code preprocess} (Pillow, torchvision).
 *
 * @param side of the crop in pixels
 * @param mean of red, green and blue, subtracted
 * @param std of red, green and blue, divided by
 * @param rounding of the crop's offset
 */
public record ImageProcessor(int side, float[] mean, float[] std, CropRounding rounding) {
    private static final int BICUBIC = 3;
    private static final float[] OPENAI_MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] OPENAI_STD = {0.26862954f, 0.26130258f, 0.27577711f};

    /** Checks the numbers and keeps copies of the arrays. */
    public ImageProcessor {
        if (side < 1 || mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException("side is " + side + ", or mean and std are not of three channels");
        }

        mean = mean.clone();
        std = std.clone();
    }

    /**
     * The processor that a checkpoint's {@code preprocessor_config.json} describes, in its old form ({@code "size":
     * 224}) or its new one ({@code "size": {"shortest_edge": 224}}). What is absent has OpenAI's value.
     *
     * @param preprocessorConfig the parsed file; empty when the checkpoint has none
     * @param defaultSide the {@code image_size} of the vision model
     * @throws UserException when it asks for another kind of preprocessing than this one
     */
    public static ImageProcessor read(Optional<JsonNode> preprocessorConfig, int defaultSide) {
        if (preprocessorConfig.isEmpty()) {
            return new ImageProcessor(defaultSide, OPENAI_MEAN, OPENAI_STD, CropRounding.TORCHVISION);
        }

        JsonNode config = preprocessorConfig.get();
        requireTrue(config, "do_resize");
        requireTrue(config, "do_center_crop");
        requireTrue(config, "do_rescale");
        requireNumber(config, "resample", BICUBIC, 0);
        requireNumber(config, "rescale_factor", 1 / 255.0, 1e-6);
        int side = side(config, defaultSide);
        if (!config.path("do_normalize").asBoolean(true)) {
            return new ImageProcessor(side, new float[3], new float[] {1, 1, 1}, CropRounding.TORCHVISION);
        }

        float[] mean = channels(config, "image_mean", OPENAI_MEAN);
        float[] std = channels(config, "image_std", OPENAI_STD);
        return new ImageProcessor(side, mean, std, CropRounding.TORCHVISION);
    }

    /** Where the crop lies in a photograph of the given size. */
    public CropGeometry geometry(int width, int height) {
        return CropGeometry.of(width, height, side, rounding);
    }

    /** How many bytes the crop of one image takes: {@code 3 × side × side}. */
    public int pixelBytes() {
        return 3 * side * side;
    }

    /**
     * The crop of a picture that is its own source.
     *
     * @param target receives {@link #pixelBytes()} samples, 0 to 255 unsigned, channel by channel, each by rows
     */
    public void pixels(RgbImage image, byte[] target, int offset) {
        Bicubic.resizeAndCrop(image, geometry(image.width(), image.height()), target, offset);
    }

    /**
     * The crop of a photograph that may have been decoded at a reduced scale: its geometry is that of the full size.
     */
    public void pixels(DecodedImage image, byte[] target, int offset) {
        CropGeometry geometry = geometry(image.sourceWidth(), image.sourceHeight());
        Bicubic.resizeAndCrop(image.pixels(), geometry, target, offset);
    }

    /**
     * {@code (value / 255 − mean) / std} in single precision, for one image or several, in the order of the samples.
     */
    public float[] normalised(byte[] chw) {
        if (chw.length % pixelBytes() != 0) {
            throw new IllegalArgumentException(
                    chw.length + " samples are not a whole number of crops of " + pixelBytes());
        }

        float[] values = new float[chw.length];
        int plane = side * side;
        for (int i = 0; i < chw.length; i++) {
            int channel = i / plane % 3;
            values[i] = ((chw[i] & 0xff) / 255f - mean[channel]) / std[channel];
        }

        return values;
    }

    private static int side(JsonNode config, int defaultSide) {
        JsonNode size = config.path("size");
        if (size.has("height") || size.has("width")) {
            throw refused("size", size, "pictures would be stretched to a square", "State size as shortest_edge");
        }

        int resized = positive("size", size.isObject() ? size.path("shortest_edge") : size, defaultSide);
        JsonNode crop = config.path("crop_size");
        int height = positive("crop_size", crop.isObject() ? crop.path("height") : crop, resized);
        int width = positive("crop_size", crop.isObject() ? crop.path("width") : crop, resized);
        if (height != resized || width != resized) {
            throw refused("crop_size", crop, "it is not the square of size " + resized, "Make both equal");
        }

        return resized;
    }

    private static int positive(String key, JsonNode value, int absent) {
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > 4096) {
            throw refused(key, value, "it is not a number of pixels from 1 to 4096", "Restore the checkpoint's file");
        }

        return value.asInt();
    }

    private static float[] channels(JsonNode config, String key, float[] absent) {
        JsonNode list = config.path(key);
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

    private static void requireTrue(JsonNode config, String key) {
        if (!config.path(key).asBoolean(true)) {
            throw refused(key, config.get(key), "CLIP's preprocessing needs it", "Set it to true or remove it");
        }
    }

    private static void requireNumber(JsonNode config, String key, double expected, double tolerance) {
        double value = config.path(key).asDouble(config.hasNonNull(key) ? Double.NaN : expected);
        if (!(Math.abs(value - expected) <= tolerance)) {
            throw refused(key, config.get(key), "only " + expected + " is supported", "Remove it");
        }
    }

    private static UserException refused(String key, JsonNode value, String cause, String cure) {
        return UserException.cannot("use preprocessor_config.json", key + " is " + value + " and " + cause, cure);
    }
}

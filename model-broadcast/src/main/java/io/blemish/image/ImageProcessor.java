package io.blemish.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.error.UserException;
import java.nio.file.Path;
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

    /** OpenAI's processor, for crops of the given side. */
    public static ImageProcessor openAi(int side) {
        return new ImageProcessor(side, OPENAI_MEAN, OPENAI_STD, CropRounding.TORCHVISION);
    }

    /**
     * The processor that a checkpoint's {@code preprocessor_config.json} describes, in its old form ({@code "size":
     * 224}) or its new one ({@code "size": {"shortest_edge": 224}}). What is absent has OpenAI's value.
     *
     * @param preprocessorConfig the parsed file; empty when the checkpoint has none
     * @param defaultSide the {@code image_size} of the vision model
     * @param file to name in messages
     * @throws UserException when it asks for another kind of preprocessing than this one
     */
    public static ImageProcessor read(Optional<JsonNode> preprocessorConfig, int defaultSide, Path file) {
        if (preprocessorConfig.isEmpty()) {
            return openAi(defaultSide);
        }

        PreprocessorConfig config = new PreprocessorConfig(file, preprocessorConfig.get());
        config.requireClips();
        int side = config.side(defaultSide);
        if (!config.normalises()) {
            return new ImageProcessor(side, new float[3], new float[] {1, 1, 1}, CropRounding.TORCHVISION);
        }

        float[] mean = config.channels("image_mean", OPENAI_MEAN);
        float[] std = config.channels("image_std", OPENAI_STD);
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
}

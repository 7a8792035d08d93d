package io.blemish.samples;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Turns linear light into a picture: focus, exposure, white balance, contrast, vignette, the sensor's noise. */
final class Camera {
    private static final int STEPS = 4096;
    private static final int GRAINS = 1 << 16;
    private static final float[] NOISE = noise();

    private Camera() {}

    static BufferedImage develop(Canvas canvas, Dice dice) {
        int shorter = Math.min(canvas.width(), canvas.height());
        if (dice.chance(0.3)) {
            canvas.blur(Math.max(1, Math.round(dice.between(0, 0.0022f) * shorter)));
        }
        float exposure = (float) Math.pow(2, 0.28 * dice.normal());
        float warmth = 0.07f * dice.normal();
        float tint = 0.03f * dice.normal();
        float[] curve = curve(dice.between(0.85f, 1.15f));
        Colour gain = new Colour(exposure * (1 + warmth), exposure * (1 + tint), exposure * (1 - warmth));
        float vignette = dice.chance(0.6) ? dice.between(0, 0.45f) : 0;
        float noise = dice.chance(0.75) ? dice.between(0.5f, 6f) : 0.3f;
        return expose(canvas, dice, curve, gain, vignette, noise);
    }

    private static BufferedImage expose(
            Canvas canvas, Dice dice, float[] curve, Colour gain, float vignette, float noise) {
        int width = canvas.width();
        int height = canvas.height();
        float[] reds = canvas.red();
        float[] greens = canvas.green();
        float[] blues = canvas.blue();
        float gainRed = gain.red();
        float gainGreen = gain.green();
        float gainBlue = gain.blue();
        byte[] pixels = new byte[3 * width * height];
        float scale = 4f / (width * width + height * height);
        for (int y = 0; y < height; y++) {
            int grain = dice.below(GRAINS);
            int colour = dice.below(GRAINS);
            float dy = y - 0.5f * height;
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float dx = x - 0.5f * width;
                float light = (1 - vignette * (dx * dx + dy * dy) * scale) * (STEPS - 1);
                float luma = noise * NOISE[grain + x & GRAINS - 1];
                float red =
                        tone(curve, reds[i] * gainRed * light) + luma + 0.5f * noise * NOISE[colour + x & GRAINS - 1];
                float green = tone(curve, greens[i] * gainGreen * light) + luma;
                float blue = tone(curve, blues[i] * gainBlue * light)
                        + luma
                        + 0.6f * noise * NOISE[colour + 2 * x + 77 & GRAINS - 1];
                pixels[3 * i] = level(red);
                pixels[3 * i + 1] = level(green);
                pixels[3 * i + 2] = level(blue);
            }
        }
        return image(pixels, width, height);
    }

    /** In the order that the JPEG writer wants: it copies rows of any other several times. */
    private static BufferedImage image(byte[] pixels, int width, int height) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length), width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }

    private static float tone(float[] curve, float light) {
        return curve[Math.min(STEPS - 1, Math.max(0, (int) light))];
    }

    private static byte level(float value) {
        return (byte) Math.min(255, Math.max(0, (int) (value + 0.5f)));
    }

    /** From linear light to sRGB, 0 to 255, with highlights that roll off. */
    private static float[] curve(float contrast) {
        float[] curve = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double light = (i + 0.5) / STEPS;
            double encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            double shaped = 0.5 + (encoded - 0.5) * contrast;
            if (shaped > 0.85) {
                shaped = 0.85 + 0.15 * (1 - Math.exp(-(shaped - 0.85) / 0.15));
            }
            curve[i] = (float) (255 * Math.max(0, shaped));
        }
        return curve;
    }

    private static float[] noise() {
        Dice dice = new Dice(11, 0);
        float[] noise = new float[GRAINS];
        for (int i = 0; i < GRAINS; i++) {
            noise[i] = dice.normal();
        }
        return noise;
    }
}

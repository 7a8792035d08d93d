package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TestJpeg {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 40;

    /** A smooth picture whose channels differ, so that exchanged ones would show. */
    private static RgbImage picture() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            rgb[3 * i] = (byte) (5 * (i % WIDTH));
            rgb[3 * i + 1] = (byte) (3 * (i / WIDTH));
            rgb[3 * i + 2] = 30;
        }
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }

    @Test
    void pixelsSurvive() throws IOException {
        RgbImage picture = picture();

        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(Jpeg.encode(picture, 0.9f)));

        assertThat(decoded.getWidth()).isEqualTo(WIDTH);
        assertThat(decoded.getHeight()).isEqualTo(HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int rgb = decoded.getRGB(i % WIDTH, i / WIDTH);
            for (int channel = 0; channel < 3; channel++) {
                int expected = picture.rgb()[3 * i + channel] & 0xff;
                assertThat(rgb >> (16 - 8 * channel) & 0xff).isBetween(expected - 12, expected + 12);
            }
        }
    }

    @Test
    void qualityCosts() {
        assertThat(Jpeg.encode(picture(), 0.3f)).hasSizeLessThan(Jpeg.encode(picture(), 0.95f).length);
    }
}

package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TestPng {
    @Test
    void pixelsComeBack() throws IOException {
        byte[] rgb = new byte[3 * 31 * 17];
        new Random(3).nextBytes(rgb);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(new RgbImage(31, 17, rgb))));

        assertThat(read.getWidth()).isEqualTo(31);
        assertThat(read.getHeight()).isEqualTo(17);
        for (int i = 0; i < 31 * 17; i++) {
            int colour = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255);
            assertThat(read.getRGB(i % 31, i / 31) & 0xFFFFFF).as("pixel %d", i).isEqualTo(colour);
        }
    }

    @Test
    void equalPixelsGiveEqualBytes() {
        RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

        assertThat(Png.encode(image)).isEqualTo(Png.encode(image)).startsWith(0x89, 'P', 'N', 'G');
    }
}

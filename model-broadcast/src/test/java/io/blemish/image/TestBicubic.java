package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class TestBicubic {
    @Test
    void shrinksALineAsPillowDoes() {
        assertThat(line(10, 4, i -> 37 * i % 256)).containsExactly(30, 125, 158, 43);
        assertThat(line(300, 5, i -> i * i % 256)).containsExactly(109, 109, 99, 114, 94);
    }

    @Test
    void enlargesALineAsPillowDoes() {
        int[] source = {0, 255, 0, 128};
        assertThat(line(4, 10, i -> source[i])).containsExactly(0, 17, 135, 248, 204, 64, 0, 53, 119, 141);
    }

    @Test
    void roundsBetweenTheTwoPassesAsPillowDoes() {
        byte[] rgb = new byte[3 * 9 * 7];
        for (int i = 0; i < 9 * 7; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (29 * (i % 9) + 53 * (i / 9)));
        }
        RgbImage resized = Bicubic.resize(new RgbImage(9, 7, rgb), 5, 4);
        assertThat(channel(resized, 2))
                .containsExactly(
                        34, 83, 147, 179, 126, 129, 185, 181, 103, 59, 176, 108, 72, 114, 180, 51, 94, 157, 190, 120);
    }

    @Test
    void equalsPillowOnNoiseOfManySizes() throws NoSuchAlgorithmException {
        for (String[] row : Resources.rows("bicubic.tsv")) {
            RgbImage noise = Resources.noise(number(row[0]), number(row[1]), number(row[2]));
            RgbImage resized = Bicubic.resize(noise, number(row[3]), number(row[4]));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(resized.rgb());
            assertThat(HexFormat.of().formatHex(digest))
                    .as(String.join(" ", row))
                    .isEqualTo(row[5]);
        }
    }

    /** Law: cropping while resizing equals resizing, then cropping. */
    @Test
    void cropsWhatItWouldHaveResized() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int trial = 0; trial < 40; trial++) {
            RgbImage image = Resources.noise(1 + random.nextInt(90), 1 + random.nextInt(90), trial);
            int side = 1 + random.nextInt(32);
            CropGeometry geometry = CropGeometry.of(image.width(), image.height(), side, CropRounding.TORCHVISION);
            byte[] crop = new byte[3 * side * side];
            Bicubic.resizeAndCrop(image, geometry, crop, 0);
            RgbImage whole = Bicubic.resize(image, geometry.resizedWidth(), geometry.resizedHeight());
            assertThat(crop).as("seed %d, %s", seed, geometry).isEqualTo(cropped(whole, geometry));
        }
    }

    /** Law: a flat picture stays flat at any size. */
    @Test
    void keepsAFlatPictureFlat() {
        byte[] rgb = new byte[3 * 50 * 40];
        Arrays.fill(rgb, (byte) 200);
        RgbImage resized = Bicubic.resize(new RgbImage(50, 40, rgb), 33, 71);
        for (byte sample : resized.rgb()) {
            assertThat(sample).isEqualTo((byte) 200);
        }
    }

    private static int number(String field) {
        return Integer.parseInt(field);
    }

    private static int[] line(int from, int to, IntUnaryOperator level) {
        byte[] rgb = new byte[3 * from];
        for (int i = 0; i < from; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) level.applyAsInt(i));
        }

        return channel(Bicubic.resize(new RgbImage(from, 1, rgb), to, 1), 0);
    }

    private static int[] channel(RgbImage image, int channel) {
        int[] levels = new int[image.width() * image.height()];
        Arrays.setAll(levels, i -> image.rgb()[3 * i + channel] & 0xff);
        return levels;
    }

    private static byte[] cropped(RgbImage whole, CropGeometry geometry) {
        int side = geometry.side();
        byte[] chw = new byte[3 * side * side];
        for (int i = 0; i < chw.length; i++) {
            int x = geometry.left() + i % side;
            int y = geometry.top() + i / side % side;
            chw[i] = whole.rgb()[3 * (y * whole.width() + x) + i / (side * side)];
        }

        return chw;
    }
}

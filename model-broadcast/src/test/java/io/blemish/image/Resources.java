package io.blemish.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The golden tables under {@code src/test/resources/image}; its README says how they were made. */
final class Resources {
    private Resources() {}

    /** The rows of a tab-separated table. */
    static List<String[]> rows(String name) {
        try (InputStream table = Resources.class.getResourceAsStream("/image/" + name)) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pixels that {@code make_goldens.py} fills its random pictures with. */
    static RgbImage noise(int width, int height, int seed) {
        byte[] rgb = new byte[3 * width * height];
        int state = seed;
        for (int i = 0; i < rgb.length; i++) {
            state = state * 1103515245 + 12345 & 0x7fffffff;
            rgb[i] = (byte) (state >> 16);
        }

        return new RgbImage(width, height, rgb);
    }

    /** The mean absolute difference of two pictures' samples. */
    static double meanDifference(byte[] left, byte[] right) {
        long sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += Math.abs((left[i] & 0xff) - (right[i] & 0xff));
        }

        return (double) sum / left.length;
    }

    /** Where the second byte of a JPEG's first marker of this kind stands: behind it, its segment's length. */
    static int indexOf(byte[] content, int marker) {
        int at = 0;
        while (content[at] != (byte) 0xff || content[at + 1] != (byte) marker) {
            at++;
        }

        return at + 1;
    }
}

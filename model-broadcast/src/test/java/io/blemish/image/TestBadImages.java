package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every hostile, broken or odd file of {@code data/bad-images} has the outcome that was reviewed for it, and Pillow's
 * pixels.
 */
class TestBadImages {
    private static final int BLOCK = 16;

    private final ImageDecoder decoder =
            new ImageDecoder(new DecodeOptions(Orientation.IGNORE, DecodeMode.EXACT, DecodeLimits.defaults()));

    /** One row of the table: see the README beside it. */
    private record Expectation(
            String path, String outcome, double bound, String pillow, int width, int height, String pixels) {
        static Expectation of(String[] row) {
            int width = Integer.parseInt(row[4]);
            int height = Integer.parseInt(row[5]);
            return new Expectation(row[0], row[1], Double.parseDouble(row[2]), row[3], width, height, row[6]);
        }
    }

    @Test
    void haveTheirReviewedOutcomes() throws IOException, NoSuchAlgorithmException {
        Path folder = TestData.folder("bad-images");
        List<String> surprises = new ArrayList<>();
        for (String[] row : Resources.rows("bad-images.tsv")) {
            Expectation expected = Expectation.of(row);
            byte[] content = Files.readAllBytes(folder.resolve(expected.path));
            long start = System.nanoTime();
            String outcome = outcome(content, expected);
            Duration spent = Duration.ofNanos(System.nanoTime() - start);
            if (!outcome.equals(expected.outcome)) {
                surprises.add(expected.path + " is " + outcome + " instead of " + expected.outcome);
            }
            assertThat(spent).as(expected.path).isLessThan(Duration.ofSeconds(10));
        }

        assertThat(surprises).isEmpty();
    }

    private String outcome(byte[] content, Expectation expected) throws NoSuchAlgorithmException {
        DecodedImage image;
        try {
            image = decoder.decode(content, 224);
        } catch (ImageRejectedException rejected) {
            return rejected.code().code();
        }

        if (image.warning().isPresent()) {
            // What a decoder makes of damage depends on the libjpeg that the Java runtime was built with
            return "ok, warned";
        }

        boolean comparable = expected.pillow.equals("ok");
        return comparable && !agrees(image.pixels(), expected) ? "unlike Pillow's" : "ok";
    }

    private static boolean agrees(RgbImage pixels, Expectation expected) throws NoSuchAlgorithmException {
        if (pixels.width() != expected.width || pixels.height() != expected.height) {
            return false;
        }
        if (expected.bound > 0) {
            byte[] blocks = Base64.getDecoder().decode(expected.pixels);
            return Resources.meanDifference(blockMeans(pixels), blocks) <= expected.bound;
        }

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(pixels.rgb());
        return HexFormat.of().formatHex(digest).equals(expected.pixels);
    }

    private static byte[] blockMeans(RgbImage image) {
        int columns = image.width() / BLOCK;
        long[] sums = new long[3 * columns * (image.height() / BLOCK)];
        for (int i = 0; i < image.rgb().length; i++) {
            int column = i / 3 % image.width() / BLOCK;
            int row = i / 3 / image.width() / BLOCK;
            sums[3 * (row * columns + column) + i % 3] += image.rgb()[i] & 0xff;
        }
        byte[] means = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            means[i] = (byte) Math.round(sums[i] / (double) (BLOCK * BLOCK));
        }

        return means;
    }
}

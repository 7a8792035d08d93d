package io.blemish.jobs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small photographs made for tests: one seed, one content. */
final class Pictures {
    private static final int SIDE = 32;

    private Pictures() {}

    /** A picture as the bytes of a file of the format, {@code jpg} or {@code png}. */
    static byte[] bytes(int seed, String format) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, (seed * 7919 + x * 521 * (y / 8 + 1)) & 0xffffff);
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a JPEG, making the folders that it lies in. */
    static Path jpeg(Path file, int seed) {
        return write(file, bytes(seed, "jpg"));
    }

    /** Writes a file, making the folders that it lies in. */
    static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

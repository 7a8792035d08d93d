package io.blemish.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * One row of {@code pictures.tsv}: a small file and Pillow's pixels of it.
 *
 * @param name format and variant
 * @param content the file
 * @param pillow Pillow's pixels
 * @param tolerance the largest mean difference allowed
 */
record Pictures(String name, byte[] content, RgbImage pillow, double tolerance) {
    static List<Pictures> all() {
        return Resources.rows("pictures.tsv").stream().map(Pictures::read).toList();
    }

    static byte[] content(String name) {
        return named(name).content();
    }

    static Pictures named(String name) {
        return all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private static Pictures read(String[] row) {
        Base64.Decoder base64 = Base64.getDecoder();
        try (InflaterInputStream pixels = new InflaterInputStream(new ByteArrayInputStream(base64.decode(row[5])))) {
            RgbImage pillow = new RgbImage(Integer.parseInt(row[2]), Integer.parseInt(row[3]), pixels.readAllBytes());
            return new Pictures(row[0], base64.decode(row[1]), pillow, Double.parseDouble(row[4]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

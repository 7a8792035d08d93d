package io.blemish.jobs;

import io.blemish.tables.ImagesTable;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.immutable.Map$;

/** Rows of {@code images} for tests that do not run an ingest, and the pictures in them. */
final class ImageRows {
    private ImageRows() {}

    /** A row with its content, under its own hash. */
    static Row row(long part, byte[] content) {
        return row(sha256(content), part, content);
    }

    /** A row with any content, or none. */
    static Row row(String imageId, long part, byte[] content) {
        return row(imageId, "file:/photographs/" + imageId + ".png", part, content);
    }

    /** A row whose content, when null, is to be read from the URI. */
    static Row row(String imageId, String uri, long part, byte[] content) {
        long length = content == null ? 0 : content.length;
        Object[] values = {
            imageId,
            uri,
            "orange",
            "Lyon",
            "line 1",
            "lot-" + part,
            Instant.parse("2025-03-01T08:00:00Z"),
            64,
            48,
            "png",
            1,
            length,
            part,
            Map$.MODULE$.empty(),
            content
        };
        if (values.length != ImagesTable.DEFINITION.schema().length()) {
            throw new IllegalStateException("images has other columns now");
        }
        return RowFactory.create(values);
    }

    /** A PNG of random blobs; equal seeds give equal bytes. */
    static byte[] png(long seed, int width, int height) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int blob = 0; blob < 12; blob++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(
                    random.nextInt(width),
                    random.nextInt(height),
                    4 + random.nextInt(width),
                    4 + random.nextInt(height));
        }
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

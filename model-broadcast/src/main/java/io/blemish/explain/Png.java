package io.blemish.explain;

import io.blemish.error.InternalException;
import io.blemish.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files: 8 bits a channel, no metadata; equal pixels give equal bytes under one version of Java. */
public final class Png {
    /** Deflate's fastest level: a tile takes half the time of the default, for a sixteenth more bytes. */
    private static final float FASTEST = 0.9f;

    private Png() {}

    /** The bytes of the file. */
    public static byte[] encode(RgbImage image) {
        return encode(buffered(image));
    }

    /** The bytes of the file, with transparency where the pixels have it. */
    static byte[] encode(BufferedImage buffered) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // ImageIO's own choice of stream would put every picture through a temporary file.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(FASTEST);
            writer.write(null, new IIOImage(buffered, null, null), how);
        } catch (IOException e) {
            throw new InternalException("a picture could not be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The pixels as {@code javax.imageio} takes them. */
    static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
        byte[] rgb = image.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return buffered;
    }
}

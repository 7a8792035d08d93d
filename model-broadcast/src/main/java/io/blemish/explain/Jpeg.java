package io.blemish.explain;

import io.blemish.error.InternalException;
import io.blemish.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as JPEG files, where a page needs many of them and none exactly. */
public final class Jpeg {
    private Jpeg() {}

    /**
     * The bytes of the file.
     *
     * @param quality above 0, up to 1: about 0.8 is hard to tell from the original
     */
    public static byte[] encode(RgbImage image, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        // ImageIO's own choice of stream would put every picture through a temporary file.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(Png.buffered(image), null, null), settings);
        } catch (IOException e) {
            throw new InternalException("a picture could not be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}

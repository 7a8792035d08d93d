package io.blemish.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws photographs one after the other and stores each with its masks; one for each thread. */
final class Printer implements AutoCloseable {
    private final Path folder;
    private final Studio studio;
    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("jpeg").next();

    Printer(Path folder, SampleOptions options) {
        this.folder = folder;
        this.studio = new Studio(options);
    }

    /** The photograph's place under the folder. */
    static String photograph(int index) {
        return String.format(Locale.ROOT, "photographs/%06d.jpg", index);
    }

    /** A mask's place under the folder. */
    static String mask(int index, Defect defect) {
        return String.format(
                Locale.ROOT, "masks/%06d-%s.png", index, defect.label().replace(' ', '-'));
    }

    Truth print(int index) throws IOException {
        Photograph photograph = studio.photograph(index);
        Files.write(folder.resolve(photograph(index)), jpeg(photograph));
        int width = photograph.image().getWidth();
        int height = photograph.image().getHeight();
        Truth truth = photograph.truth();
        for (int i = 0; i < truth.marks().size(); i++) {
            Path file = folder.resolve(mask(index, truth.marks().get(i).defect()));
            Files.write(file, GreyPng.pack(photograph.masks().get(i), width, height));
        }
        return truth;
    }

    private byte[] jpeg(Photograph photograph) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 17);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(photograph.jpegQuality());
            writer.setOutput(stream);
            writer.write(null, new IIOImage(photograph.image(), null, null), parameters);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        writer.dispose();
    }
}

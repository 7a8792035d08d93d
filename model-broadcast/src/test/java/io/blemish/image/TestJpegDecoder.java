package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

class TestJpegDecoder {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ImageDecoder exact = decoder(DecodeMode.EXACT);
    private final ImageDecoder fast = decoder(DecodeMode.FAST);

    @Test
    void equalsPillowsDraftAtEverySize()
            throws ImageRejectedException, IrregularJpegException, IOException, NoSuchAlgorithmException {
        for (String[] row : Resources.rows("reduced.tsv")) {
            byte[] content = Pictures.content(row[0]);
            int reduction = Integer.parseInt(row[1]);
            RgbImage image = JpegDecoder.decode(
                    content, JpegHeader.read(content), reduction, colour(content), new Deadline(LONG));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.rgb());
            assertThat(image.width()).isEqualTo(Integer.parseInt(row[2]));
            assertThat(HexFormat.of().formatHex(digest))
                    .as(row[0] + " / " + row[1])
                    .isEqualTo(row[4]);
        }
    }

    /** Law: at full size, whoever decodes, the pixels are the same. */
    @Test
    void equalsTheRuntimesDecoderAtFullSize() throws IOException, ImageRejectedException, IrregularJpegException {
        for (int side : new int[] {2, 7, 8, 9, 16, 17, 33}) {
            for (int mode : new int[] {ImageWriteParam.MODE_DISABLED, ImageWriteParam.MODE_DEFAULT}) {
                byte[] content = written(Resources.noise(side, side + 3, side), mode);
                byte[] baseline = written(Resources.noise(side, side + 3, side), ImageWriteParam.MODE_DISABLED);
                JpegHeader header = JpegHeader.read(content);
                RgbImage image = JpegDecoder.decode(content, header, 1, colour(content), new Deadline(LONG));
                assertThat(image.rgb())
                        .isEqualTo(exact.decode(baseline, 224).pixels().rgb());
            }
        }
    }

    @Test
    void reducesOnlyWhatIsFarLargerThanTheCrop() throws IOException, ImageRejectedException {
        byte[] content = written(smooth(264, 257), ImageWriteParam.MODE_DISABLED);
        assertThat(fast.decode(content, 16).pixels().width()).isEqualTo(33);
        assertThat(fast.decode(content, 17).pixels().width()).isEqualTo(66);
        assertThat(fast.decode(content, 33).pixels().width()).isEqualTo(264);
        assertThat(exact.decode(content, 16).pixels().width()).isEqualTo(264);
        byte[] progressive = written(smooth(264, 257), ImageWriteParam.MODE_DEFAULT);
        assertThat(fast.decode(progressive, 33).pixels().width()).isEqualTo(132);
        assertThat(fast.decode(Pictures.content("png-rgb"), 1).pixels().width()).isEqualTo(19);
    }

    /** Sizes that no reduction divides, so that a crop placed by the reduced size would be seen to be off. */
    @Test
    void keepsSizeAndPlaceOfTheCrop() throws IOException, ImageRejectedException {
        byte[] content = written(smooth(1003, 517), ImageWriteParam.MODE_DISABLED);
        ImageProcessor processor = ImageProcessor.openAi(32);
        DecodedImage reduced = fast.decode(content, 32);
        assertThat(reduced.pixels().width()).isEqualTo(126);
        assertThat(reduced.sourceWidth()).isEqualTo(1003);
        assertThat(reduced.sourceHeight()).isEqualTo(517);
        byte[] fastCrop = new byte[processor.pixelBytes()];
        byte[] exactCrop = new byte[processor.pixelBytes()];
        processor.pixels(reduced, fastCrop, 0);
        processor.pixels(exact.decode(content, 32), exactCrop, 0);
        assertThat(Resources.meanDifference(fastCrop, exactCrop)).isLessThan(0.7);
    }

    @Test
    void leavesIrregularFilesToTheRuntime() throws ImageRejectedException {
        byte[] content = Pictures.content("jpeg-progressive");
        int behindJfif = 2 + 2 + 16;
        byte[] gap = new byte[content.length + 1];
        System.arraycopy(content, 0, gap, 0, behindJfif);
        System.arraycopy(content, behindJfif, gap, behindJfif + 1, content.length - behindJfif);
        assertIrregular(gap, "there are bytes between its segments");
        assertIrregular(Arrays.copyOf(content, content.length - 2), "a scan does not end at its marker");
        assertIrregular(Pictures.content("jpeg-cmyk"), "the frame is of a rare kind");
        assertThat(exact.decode(gap, 224).pixels().rgb())
                .isEqualTo(Pictures.named("jpeg-progressive").pillow().rgb());
    }

    @Test
    void refusesAFrameOfAnotherSizeThanWasChecked() throws ImageRejectedException {
        byte[] content = Pictures.content("jpeg-progressive");
        byte[] larger = content.clone();
        int frame = Resources.indexOf(larger, 0xc2);
        larger[frame + 4] = 16;
        assertThatThrownBy(() ->
                        JpegDecoder.decode(larger, JpegHeader.read(content), 1, JpegColour.YCC, new Deadline(LONG)))
                .isInstanceOf(IrregularJpegException.class)
                .hasMessage("it states two sizes");
    }

    private static void assertIrregular(byte[] content, String reason) throws ImageRejectedException {
        JpegHeader header = JpegHeader.read(content);
        assertThatThrownBy(() -> JpegDecoder.decode(content, header, 1, JpegColour.YCC, new Deadline(LONG)))
                .isInstanceOf(IrregularJpegException.class)
                .hasMessage(reason);
    }

    private static JpegColour colour(byte[] content) throws ImageRejectedException {
        JpegHeader header = JpegHeader.read(content);
        if (header.components() == 1) {
            return JpegColour.GREY;
        }

        return header.luminanceAndChrominance() ? JpegColour.YCC : JpegColour.RGB;
    }

    private static ImageDecoder decoder(DecodeMode mode) {
        return new ImageDecoder(new DecodeOptions(Orientation.APPLY, mode, DecodeLimits.defaults()));
    }

    private static RgbImage smooth(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            rgb[3 * i] = (byte) (255 * x / width);
            rgb[3 * i + 1] = (byte) (255 * y / height);
            rgb[3 * i + 2] = (byte) (128 + 100 * Math.sin(x / 40.0) * Math.cos(y / 30.0));
        }

        return new RgbImage(width, height, rgb);
    }

    private static byte[] written(RgbImage image, int progressiveMode) throws IOException {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int colour = (image.rgb()[3 * i] & 0xff) << 16
                    | (image.rgb()[3 * i + 1] & 0xff) << 8
                    | (image.rgb()[3 * i + 2] & 0xff);
            buffered.setRGB(i % image.width(), i / image.width(), colour);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progressiveMode);
            writer.setOutput(output);
            writer.write(null, new IIOImage(buffered, null, null), parameters);
        } finally {
            writer.dispose();
        }

        return bytes.toByteArray();
    }
}

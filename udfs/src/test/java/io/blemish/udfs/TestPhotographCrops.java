package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.image.CropGeometry;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeOptions;
import io.blemish.image.DecoderProcess;
import io.blemish.image.ImageProcessor;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPhotographCrops {
    private static final int SIDE = 16;
    private static final int BYTES = 3 * SIDE * SIDE;

    private final Configuration hadoop = new Configuration(false);
    private final StageClock clock = new StageClock(new InspectorMeasures(name -> new LongAccumulator()));
    private final InspectorSettings.Preparation preparation = InspectorSettings.Preparation.of(
            new ImageProcessor(SIDE, new float[3], new float[] {1, 1, 1}, CropRounding.TORCHVISION),
            DecodeOptions.defaults());

    // Law: wherever a photograph lies, and wherever it is decoded, its crop is the same.
    @Test
    void cropDoesNotDependOnTheWay(@TempDir Path folder) throws Exception {
        byte[] png = png();
        String id =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(png));
        Path file = Files.write(folder.resolve("a photo.png"), png);
        PhotographCrops here = PhotographCrops.here(preparation, hadoop, clock);

        byte[] held = new byte[2 * BYTES];
        CropGeometry geometry = here.crop(image(id, "file:/gone", png), held, BYTES);
        byte[] referenced = new byte[2 * BYTES];
        here.crop(image(id, file.toUri().toString(), null), referenced, BYTES);
        byte[] apart = new byte[2 * BYTES];
        try (DecoderProcess child = new DecoderProcess(DecodeOptions.defaults())) {
            PhotographCrops.apart(preparation, child, hadoop, clock).crop(image(id, "file:/gone", png), apart, BYTES);
        }

        assertThat(geometry).isEqualTo(CropGeometry.of(40, 30, SIDE, CropRounding.TORCHVISION));
        assertThat(held).startsWith(new byte[BYTES]);
        assertThat(referenced).isEqualTo(held);
        assertThat(apart).isEqualTo(held);
    }

    @Test
    void rejectionTellsItsCode() {
        Row image = image("x", "file:/gone", new byte[] {1, 2, 3});

        assertThatThrownBy(
                        () -> PhotographCrops.here(preparation, hadoop, clock).crop(image, new byte[BYTES], 0))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(RejectCode.NOT_AN_IMAGE));
    }

    private static Row image(String id, String uri, byte[] content) {
        return RowFactory.create(id, uri, null, null, null, null, null, 1L, content);
    }

    private static byte[] png() throws IOException {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int pixel = 0; pixel < 40 * 30; pixel++) {
            picture.setRGB(pixel % 40, pixel / 40, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }
}

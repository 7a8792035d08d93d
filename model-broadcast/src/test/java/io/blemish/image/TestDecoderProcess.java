package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.testdata.TestData;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TestDecoderProcess {
    private static final int SIDE = 224;
    private static final DecodeOptions OPTIONS = DecodeOptions.defaults();

    @Test
    void resultsAreThoseOfThisProcess() throws IOException {
        byte[] jpeg = encoded("jpg", 300, 200);
        try (DecoderProcess process = new DecoderProcess(OPTIONS)) {
            assertSame(process, OPTIONS, jpeg);
            assertSame(process, OPTIONS, encoded("png", 31, 47));
            assertSame(process, OPTIONS, encoded("bmp", 64, 64));
            assertSame(process, OPTIONS, Arrays.copyOf(jpeg, jpeg.length / 2));
            assertSame(process, OPTIONS, new byte[0]);
            assertSame(process, OPTIONS, "<svg/>".getBytes(StandardCharsets.UTF_8));
            assertSame(process, OPTIONS, encoded("png", 40, 1));
        }
    }

    @Test
    void optionsReachTheChild() throws IOException {
        DecodeLimits limits = new DecodeLimits(100_000, 10_000, 1_000, 2.5, Duration.ofSeconds(20));
        DecodeOptions options = new DecodeOptions(Orientation.IGNORE, DecodeMode.FAST, limits);
        try (DecoderProcess process = new DecoderProcess(options)) {
            assertSame(process, options, encoded("jpg", 90, 90));
            assertSame(process, options, encoded("jpg", 101, 100));
            assertSame(process, options, encoded("jpg", 1001, 1));
            assertSame(process, options, encoded("jpg", 52, 20));
            assertSame(process, options, new byte[100_001]);
        }
    }

    @Test
    void badImagesGetTheSameCodes() throws IOException {
        Path folder = TestData.folder("bad-images");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }

        try (DecoderProcess process = new DecoderProcess(OPTIONS)) {
            Process child = process.process();
            for (int i = 0; i < files.size(); i += 20) {
                assertSame(process, OPTIONS, Files.readAllBytes(files.get(i)));
            }

            assertThat(process.process()).as("no image crashed it").isSameAs(child);
        }
    }

    @Test
    void imageThatKillsTheChildIsRejectedAndTheNextOneDecoded() throws Exception {
        byte[] large = encoded("png", 3000, 3000);
        byte[] small = encoded("png", 30, 30);
        try (DecoderProcess process = new DecoderProcess(OPTIONS, Duration.ofMinutes(2), 24L << 20)) {
            Process first = process.process();
            assertCrash(process, large);
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertSame(process, OPTIONS, small);
            assertThat(process.process()).isNotSameAs(first);
            assertCrash(process, large);
            assertSame(process, OPTIONS, small);
        }
    }

    @Test
    void imageThatNeverEndsIsRejected() throws Exception {
        byte[] small = encoded("png", 30, 30);
        try (DecoderProcess process =
                new DecoderProcess(OPTIONS, Duration.ofSeconds(3), DecoderProcess.heapBytes(OPTIONS.limits()))) {
            Process stopped = process.process();
            Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(stopped.pid())).start();
            assertThat(kill.waitFor()).isZero();
            assertCrash(process, small);
            assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void childThatDiedBetweenTwoImagesIsReplaced() throws Exception {
        byte[] small = encoded("png", 30, 30);
        try (DecoderProcess process = new DecoderProcess(OPTIONS)) {
            Process first = process.process();
            first.destroyForcibly().waitFor();
            assertSame(process, OPTIONS, small);
        }
    }

    @Test
    void childThatCannotStartIsNotBlamedOnTheImage() throws IOException {
        byte[] small = encoded("png", 30, 30);
        try (DecoderProcess process = new DecoderProcess(OPTIONS, Duration.ofMinutes(1), 1024)) {
            assertThatThrownBy(() -> process.decode(small, SIDE))
                    .isInstanceOf(InternalException.class)
                    .hasMessageContaining("did not start");
        }
    }

    @Test
    void childHasNeitherLibtorchNorAnEnvironment() throws Exception {
        try (DecoderProcess process = new DecoderProcess(OPTIONS)) {
            Path proc = Path.of("/proc", Long.toString(process.process().pid()));
            assertThat(Files.readAllBytes(proc.resolve("environ"))).isEmpty();
            assertThat(Files.readString(proc.resolve("cmdline")))
                    .contains("imageio-webp", "-Xmx")
                    .doesNotContain("pytorch", "spark");
        }
    }

    @Test
    void closingEndsTheChild() throws Exception {
        DecoderProcess process = new DecoderProcess(OPTIONS);
        Process child = process.process();
        process.close();
        process.close();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertCrash(DecoderProcess process, byte[] content) {
        assertThatThrownBy(() -> process.decode(content, SIDE))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage("the decoder crashed, or did not end, on this image")
                .extracting(e -> ((ImageRejectedException) e).code())
                .isEqualTo(RejectCode.CRASHED_DECODER);
    }

    private static void assertSame(DecoderProcess process, DecodeOptions options, byte[] content) {
        ImageDecoder here = new ImageDecoder(options);
        assertThat(outcome(() -> process.decode(content, SIDE))).isEqualTo(outcome(() -> here.decode(content, SIDE)));
    }

    private interface Decoding {
        DecodedImage run() throws ImageRejectedException;
    }

    /** Everything that can be said of a result, comparable. */
    private static List<Object> outcome(Decoding decoding) {
        try {
            DecodedImage image = decoding.run();
            return List.of(
                    image.header(),
                    image.sourceWidth(),
                    image.sourceHeight(),
                    image.warning(),
                    image.pixels().width(),
                    Arrays.hashCode(image.pixels().rgb()));
        } catch (ImageRejectedException e) {
            return List.of(e.code(), e.getMessage());
        }
    }

    /** A photograph-like file: two ramps and noise. */
    private static byte[] encoded(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(5);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | random.nextInt(32));
            }
        }

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}

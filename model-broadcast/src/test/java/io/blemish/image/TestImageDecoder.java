package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TestImageDecoder {
    private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.defaults());

    @Test
    void turnsEveryOrientationUpright() throws ImageRejectedException {
        int[][] corners = {
            {0, 1, 2, 3},
            {1, 0, 3, 2},
            {3, 2, 1, 0},
            {2, 3, 0, 1},
            {0, 2, 1, 3},
            {2, 0, 3, 1},
            {3, 1, 2, 0},
            {1, 3, 0, 2}
        };
        for (int orientation = 1; orientation <= 8; orientation++) {
            Pictures picture = Pictures.named("jpeg-orientation-" + orientation);
            DecodedImage upright = decoder.decode(picture.content(), 224);
            assertThat(upright.header().orientation()).isEqualTo(orientation);
            boolean swapped = orientation > 4;
            assertThat(upright.sourceWidth()).isEqualTo(swapped ? 13 : 19);
            assertThat(upright.sourceHeight()).isEqualTo(swapped ? 19 : 13);
            int[] stored = corners(picture.pillow());
            int[] expected =
                    Arrays.stream(corners[orientation - 1]).map(i -> stored[i]).toArray();
            assertThat(corners(upright.pixels()))
                    .as("orientation %d", orientation)
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsTheOrientationOfEveryFormatThatHasOne() throws ImageRejectedException {
        assertThat(decoder.probe(Pictures.content("png-orientation-6")).orientation())
                .isEqualTo(6);
        assertThat(decoder.probe(Pictures.content("tiff-orientation-8")).orientation())
                .isEqualTo(8);
        assertThat(decoder.probe(Pictures.content("webp-orientation-3")).orientation())
                .isEqualTo(3);
        assertThat(decoder.probe(Pictures.content("bmp-rgb")).orientation()).isEqualTo(1);
    }

    @Test
    void leavesThePictureAsStoredWhenOrientationIsIgnored() throws ImageRejectedException {
        DecodeOptions options = new DecodeOptions(Orientation.IGNORE, DecodeMode.EXACT, DecodeLimits.defaults());
        Pictures picture = Pictures.named("jpeg-orientation-6");
        DecodedImage stored = new ImageDecoder(options).decode(picture.content(), 224);
        assertThat(stored.pixels().rgb()).isEqualTo(picture.pillow().rgb());
        assertThat(stored.sourceWidth()).isEqualTo(19);
    }

    @Test
    void rejectsWhatIsNoImage() {
        assertRejected(() -> decoder.decode(new byte[0], 224), RejectCode.EMPTY, "the file has no bytes");
        assertNoImage("<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        assertNoImage("<!doctype html><title>404</title>");
        assertNoImage("BMW");
        byte[] heic = "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertRejected(
                () -> decoder.decode(heic, 224), RejectCode.UNSUPPORTED, "the image format is not one that is decoded");
    }

    @Test
    void rejectsWhatExceedsALimit() {
        byte[] content = Pictures.content("png-rgb");
        DecodeLimits defaults = DecodeLimits.defaults();
        assertLimit(
                new DecodeLimits(100, defaults.maxPixels(), 100, 16, defaults.maxTime()),
                RejectCode.TOO_MANY_BYTES,
                content.length + " bytes exceed the limit of 100");
        assertLimit(
                new DecodeLimits(defaults.maxBytes(), 246, 100, 16, defaults.maxTime()),
                RejectCode.TOO_LARGE,
                "19 x 13 pixels exceed the limit of 246 pixels");
        assertLimit(
                new DecodeLimits(defaults.maxBytes(), 1000, 18, 16, defaults.maxTime()),
                RejectCode.TOO_LARGE,
                "19 x 13 pixels exceed the longest side of 18");
        assertLimit(
                new DecodeLimits(defaults.maxBytes(), 1000, 100, 1.4, defaults.maxTime()),
                RejectCode.EXTREME_ASPECT,
                "19 x 13 pixels exceed the aspect ratio of 1.4");
    }

    @Test
    void holdsTheLimitsOfTheDesign() {
        assertThat(DecodeLimits.defaults())
                .isEqualTo(new DecodeLimits(64L << 20, 50_000_000, 65_535, 16, Duration.ofSeconds(10)));
    }

    @Test
    void stopsWhenTimeIsUp() {
        DecodeLimits hurried = new DecodeLimits(1 << 20, 1000, 100, 16, Duration.ofNanos(1));
        DecodeOptions options = new DecodeOptions(Orientation.APPLY, DecodeMode.EXACT, hurried);
        for (String name : List.of(
                "jpeg-baseline", "jpeg-progressive", "png-rgb", "gif", "bmp-rgb", "tiff-rgb-raw", "webp-lossless")) {
            assertRejected(
                    () -> new ImageDecoder(options).decode(Pictures.content(name), 224),
                    RejectCode.TIMED_OUT,
                    "decoding took longer than 0 ms");
        }
    }

    /** A megapixel with scans by the thousand, each of which asks the decoder to pass over the whole picture again. */
    @Test
    void stopsInTheMiddleOfAScanBomb() {
        byte[] content = Pictures.content("jpeg-progressive");
        int frame = Resources.indexOf(content, 0xc2);
        content[frame + 4] = 16;
        content[frame + 6] = 16;
        int scan = Resources.indexOf(content, 0xda);
        int end = scan + 1;
        while (content[end] != (byte) 0xff || content[end + 1] == 0) {
            end++;
        }
        byte[] bomb = Arrays.copyOf(content, end + 4000 * (end - scan + 1));
        for (int i = end; i < bomb.length; i++) {
            bomb[i] = bomb[i - (end - scan + 1)];
        }
        DecodeLimits limits = new DecodeLimits(64 << 20, 50_000_000, 65_535, 16, Duration.ofMillis(200));
        ImageDecoder hurried = new ImageDecoder(new DecodeOptions(Orientation.APPLY, DecodeMode.EXACT, limits));
        long start = System.nanoTime();
        assertRejected(() -> hurried.decode(bomb, 224), RejectCode.TIMED_OUT, "decoding took longer than 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void rejectsTruncatedFilesOfEveryFormat() {
        for (Pictures picture : Pictures.all()) {
            byte[] content = picture.content();
            byte[] half = Arrays.copyOf(content, content.length / 2);
            assertThatThrownBy(() -> decoder.decode(half, 224))
                    .as(picture.name())
                    .isInstanceOfSatisfying(
                            ImageRejectedException.class,
                            e -> assertThat(e.code()).isIn(RejectCode.TRUNCATED, RejectCode.CORRUPT));
        }
    }

    /** Whatever a byte is changed to, there is an image or a rejection, and never another exception. */
    @Test
    void survivesDamagedBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Pictures picture : Pictures.all()) {
            for (int trial = 0; trial < 30; trial++) {
                byte[] damaged = picture.content().clone();
                for (int i = 0; i < 3; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                assertThat(outcome(damaged))
                        .as("%s, seed %d", picture.name(), seed)
                        .isNotNull();
            }
        }
    }

    @Test
    void servesManyThreads() {
        List<Pictures> pictures = Pictures.all();
        List<CompletableFuture<Boolean>> same = IntStream.range(0, 400)
                .mapToObj(i -> pictures.get(i % pictures.size()))
                .map(picture -> CompletableFuture.supplyAsync(
                        () -> outcome(picture.content()).equals("ok")))
                .toList();
        assertThat(same).allMatch(CompletableFuture::join);
    }

    @Test
    void keepsOtherWarningsWithTheImage() throws ImageRejectedException {
        byte[] content = Pictures.content("jpeg-restart");
        int restart = Resources.indexOf(content, 0xd0) - 1;
        byte[] extraneous = new byte[content.length + 40];
        System.arraycopy(content, 0, extraneous, 0, restart);
        System.arraycopy(content, restart, extraneous, restart + 40, content.length - restart);
        assertThat(decoder.decode(extraneous, 224).warning())
                .hasValueSatisfying(text -> assertThat(text).contains("extraneous bytes before marker"));
    }

    private String outcome(byte[] content) {
        try {
            return decoder.decode(content, 224, image -> "ok");
        } catch (ImageRejectedException rejected) {
            return rejected.code().code();
        }
    }

    private void assertNoImage(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        assertRejected(
                () -> decoder.decode(content, 224), RejectCode.NOT_AN_IMAGE, "the content is of no known image format");
    }

    private static void assertLimit(DecodeLimits limits, RejectCode code, String reason) {
        DecodeOptions options = new DecodeOptions(Orientation.APPLY, DecodeMode.EXACT, limits);
        assertRejected(() -> new ImageDecoder(options).probe(Pictures.content("png-rgb")), code, reason);
    }

    private static void assertRejected(ThrowingCallable decoding, RejectCode code, String reason) {
        assertThatThrownBy(decoding)
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(reason);
    }

    /** Upper left, upper right, lower left, lower right. */
    private static int[] corners(RgbImage image) {
        int right = image.width() - 1;
        int lower = (image.height() - 1) * image.width();
        return Arrays.stream(new int[] {0, right, lower, lower + right})
                .map(i -> (image.rgb()[3 * i] & 0xff) << 16
                        | (image.rgb()[3 * i + 1] & 0xff) << 8
                        | (image.rgb()[3 * i + 2] & 0xff))
                .toArray();
    }
}

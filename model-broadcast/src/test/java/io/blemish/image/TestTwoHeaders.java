package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Files with a small header for the limits and a large one for the decoder: none gets memory by the latter. */
class TestTwoHeaders {
    private static final int WIDTH = 256;
    private static final int COMPRESSION = 259;
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_LONG = 9;

    private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.defaults());

    /** The byte that fills up before the frame, read as a marker, begins a segment that ends at the comment's frame. */
    @Test
    void fillBytesHideNoFrame() throws ImageRejectedException {
        Pictures picture = Pictures.named("jpeg-progressive");
        byte[] content = picture.content();
        int marker = Resources.indexOf(content, 0xc2);
        int end = marker + 1 + (content[marker + 1] << 8 | content[marker + 2]);
        byte[] small = Arrays.copyOfRange(content, marker - 1, end);
        byte[] large = small.clone();
        Arrays.fill(large, 5, 9, (byte) 0x7f);
        int segmentEnd = 4 + 0xc200;
        byte[] comment = new byte[segmentEnd + large.length - 3 - small.length];
        ByteBuffer.wrap(comment).putShort((short) 0xfffe).putShort((short) (comment.length - 2));
        System.arraycopy(large, 0, comment, comment.length - large.length, large.length);

        ByteArrayOutputStream hostile = new ByteArrayOutputStream();
        hostile.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
        hostile.writeBytes(small);
        hostile.writeBytes(comment);
        hostile.write(content, 2, marker - 3);
        hostile.write(content, end, content.length - end);
        byte[] file = hostile.toByteArray();

        JpegHeader header = JpegHeader.read(file);
        assertThat(Arrays.copyOfRange(file, segmentEnd, segmentEnd + large.length))
                .isEqualTo(large);
        assertThatThrownBy(
                        () -> JpegDecoder.decode(file, header, 1, JpegColour.YCC, new Deadline(Duration.ofMinutes(1))))
                .isInstanceOf(IrregularJpegException.class)
                .hasMessage("a marker is out of place");
        assertThat(decoder.decode(file, 224).pixels().rgb())
                .isEqualTo(picture.pillow().rgb());
    }

    @Test
    void bitmapsHoldNoOtherFormat() {
        for (int compression : new int[] {4, 5}) {
            byte[] content = Pictures.content("bmp-rgb");
            content[30] = (byte) compression;
            assertRejected(content, RejectCode.UNSUPPORTED, "bitmaps that hold a JPEG or a PNG are not decoded");
        }
    }

    @Test
    void gifExtensionsHaveTheLengthsThatTheDecoderTakesForGranted() throws ImageRejectedException {
        String reason = "an extension of the GIF has an impossible length";
        assertRejected(gif(0xf9, 3, 0, 0, 0, 0), RejectCode.CORRUPT, reason);
        assertRejected(gif(0xf9, 5, 0, 0, 0, 0, 0, 0), RejectCode.CORRUPT, reason);
        assertRejected(gif(0xf9, 4, 0, 0, 0, 0, 1, 0, 0), RejectCode.CORRUPT, reason);
        assertRejected(gif(0x01, 1, 0, 0), RejectCode.CORRUPT, reason);
        assertRejected(gif(0xff, 0), RejectCode.CORRUPT, reason);
        byte[] honest = gif(0xf9, 4, 0, 0, 0, 0, 0);
        assertThat(decoder.decode(honest, 224).pixels().rgb())
                .isEqualTo(Pictures.named("gif").pillow().rgb());
    }

    @Test
    void tiffsStateEverySizeOnce() {
        byte[] content = Pictures.content("tiff-rgb-raw");
        String reason = "the TIFF's tags are repeated or of a wrong type";
        assertRejected(withEntry(content, WIDTH, LONG, 60_000), RejectCode.CORRUPT, reason);
        byte[] signed = content.clone();
        directory(signed).putShort(entry(signed, WIDTH) + 2, (short) SIGNED_LONG);
        assertRejected(signed, RejectCode.CORRUPT, reason);
    }

    @Test
    void tiffsHoldNoJpeg() {
        for (int compression : new int[] {6, 7}) {
            byte[] content = Pictures.content("tiff-rgb-raw");
            directory(content).putShort(entry(content, COMPRESSION) + 8, (short) compression);
            assertRejected(content, RejectCode.UNSUPPORTED, "TIFFs that hold a JPEG are not decoded");
        }
    }

    @Test
    void tilesAreHeldAgainstALimit() {
        byte[] wide = withEntry(Pictures.content("tiff-rgb-raw"), TiffDirectory.TILE_WIDTH, LONG, 1 << 15);
        assertRejected(wide, RejectCode.CORRUPT, "the TIFF's tiles have one side only");
        assertRejected(
                withEntry(wide, TiffDirectory.TILE_LENGTH, LONG, 1 << 15),
                RejectCode.UNSUPPORTED,
                "TIFFs with tiles of more than 16777216 pixels are not decoded");
    }

    /** Cameras repeat tags in EXIF, whose sizes nobody decodes by. */
    @Test
    void repeatedTagsLeaveTheOrientationOfExif() {
        byte[] repeated = withEntry(Pictures.content("tiff-orientation-8"), ORIENTATION, SHORT, 3);
        assertThat(TiffDirectory.orientation(Bytes.bigEndian(repeated))).isEqualTo(8);
    }

    private void assertRejected(byte[] content, RejectCode code, String reason) {
        assertThatThrownBy(() -> decoder.decode(content, 224))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(reason);
    }

    /** A GIF with an extension before its first frame. */
    private static byte[] gif(int... extension) {
        byte[] content = Pictures.content("gif");
        int palette = 13 + 3 * (2 << (content[10] & 7));
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(content, 0, palette);
        longer.write(0x21);
        Arrays.stream(extension).forEach(longer::write);
        longer.write(content, palette, content.length - palette);
        return longer.toByteArray();
    }

    /** A TIFF with one more entry in its directory, which moves to the end. */
    private static byte[] withEntry(byte[] content, int tag, int type, int value) {
        ByteBuffer old = directory(content);
        int at = old.getInt(4);
        int entries = old.getShort(at);
        ByteBuffer longer = ByteBuffer.allocate(content.length + 2 + 12 * (entries + 1) + 4);
        longer.order(ByteOrder.LITTLE_ENDIAN).put(content).putShort((short) (entries + 1));
        longer.put(content, at + 2, 12 * entries);
        longer.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
        longer.putInt(4, content.length);
        return longer.array();
    }

    private static int entry(byte[] content, int tag) {
        ByteBuffer directory = directory(content);
        int at = directory.getInt(4) + 2;
        while (directory.getShort(at) != tag) {
            at += 12;
        }

        return at;
    }

    private static ByteBuffer directory(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }
}

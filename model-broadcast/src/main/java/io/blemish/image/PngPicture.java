package io.blemish.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A PNG. Only its size, palette and compressed samples reach the decoder: profiles, texts and animation frames are left
 * out, so that a bomb hidden in one of them is never inflated. A palette's picture is decoded as grey, which is what
 * indices are, and coloured afterwards. Transparency is dropped, as Pillow drops it.
 *
 * <p>Like Pillow, it checks the checksums of the chunks before the picture and not those of the picture, and does
 * without an {@code IEND}.
 */
final class PngPicture implements Picture {
    private static final int SIGNATURE = 8;
    private static final int CHUNK_FRAME = 12;
    private static final int IHDR_END = SIGNATURE + CHUNK_FRAME + 13;
    private static final int COLOUR_TYPE_AT = 25;
    private static final int GREY = 0;
    private static final int PALETTE = 3;

    private final byte[] content;
    private final int width;
    private final int height;
    private final int bytesPerPixel;
    private final boolean indexed;
    private int[] palette = {};
    private int firstData = -1;
    private int orientation = 1;

    private PngPicture(byte[] content) throws ImageRejectedException {
        this.content = content;
        Bytes bytes = Bytes.bigEndian(content);
        if (!bytes.has(SIGNATURE + 4, "IHDR") || bytes.u32(SIGNATURE) != 13) {
            bytes.u8(IHDR_END - 1);
            throw corrupt("the PNG does not start with its header");
        }
        checkSum(bytes, SIGNATURE, 13);
        width = (int) Math.min(Integer.MAX_VALUE, bytes.u32(16));
        height = (int) Math.min(Integer.MAX_VALUE, bytes.u32(20));
        int depth = bytes.u8(24);
        int colourType = bytes.u8(COLOUR_TYPE_AT);
        indexed = colourType == PALETTE;
        bytesPerPixel = Math.max(1, depth / 8) * new int[] {1, 1, 3, 1, 2, 1, 4, 1}[colourType & 7];
        readChunks(bytes);
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new PngPicture(content);
    }

    @Override
    public ImageHeader header() {
        return new ImageHeader("png", width, height, orientation);
    }

    @Override
    public long decodedBytes() {
        return (long) width * height * (bytesPerPixel + 3);
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException {
        byte[] head = Arrays.copyOf(content, IHDR_END);
        if (indexed) {
            head[COLOUR_TYPE_AT] = GREY;
            writeCheckSum(head);
        }
        ContentInput input = new ContentInput(head, content, firstData, deadline);
        BufferedImage image = Codecs.read(Codecs.PNG, input, warnings, reader -> reader.read(0));
        return indexed ? RasterSamples.indexed(image.getRaster(), palette) : RasterSamples.ofRaster(image.getRaster());
    }

    private void readChunks(Bytes bytes) throws ImageRejectedException {
        long at = IHDR_END;
        while (at + CHUNK_FRAME <= bytes.length()) {
            int start = (int) at;
            long length = bytes.u32(start);
            if (bytes.has(start + 4, "IDAT")) {
                firstData = firstData < 0 ? start : firstData;
            } else if (bytes.has(start + 4, "IEND")) {
                break;
            } else if (firstData < 0 || at + length + CHUNK_FRAME <= bytes.length()) {
                readChunk(bytes, start, length);
            }
            at += length + CHUNK_FRAME;
        }
        requirePicture(at > bytes.length() - CHUNK_FRAME);
    }

    private void readChunk(Bytes bytes, int start, long length) throws ImageRejectedException {
        Bytes data = bytes.part(start + 8, Math.toIntExact(Math.min(Integer.MAX_VALUE, start + 8 + length)));
        if (firstData < 0) {
            checkSum(bytes, start, (int) length);
        }
        if (bytes.has(start + 4, "PLTE") && firstData < 0) {
            palette = new int[Math.min(256, data.length() / 3)];
            for (int i = 0; i < palette.length; i++) {
                palette[i] = data.u24(3L * i);
            }
        } else if (bytes.has(start + 4, "eXIf")) {
            orientation = TiffDirectory.orientation(data);
        }
    }

    private void requirePicture(boolean endReached) throws ImageRejectedException {
        if (firstData < 0 && endReached) {
            throw new ImageRejectedException(RejectCode.TRUNCATED, "the PNG ends before its picture");
        }
        if (firstData < 0) {
            throw corrupt("the PNG holds no picture");
        }
        if (indexed && palette.length == 0) {
            throw corrupt("the PNG lacks its palette");
        }
    }

    private void checkSum(Bytes bytes, int chunk, int length) throws ImageRejectedException {
        if ((int) bytes.u32(chunk + 8L + length) != sum(content, chunk, length)) {
            throw corrupt("a checksum in the PNG's header is wrong");
        }
    }

    private static int sum(byte[] content, int chunk, int length) {
        CRC32 sum = new CRC32();
        sum.update(content, chunk + 4, length + 4);
        return (int) sum.getValue();
    }

    private static void writeCheckSum(byte[] head) {
        int sum = sum(head, SIGNATURE, 13);
        for (int i = 0; i < 4; i++) {
            head[IHDR_END - 4 + i] = (byte) (sum >>> (24 - 8 * i));
        }
    }

    private static ImageRejectedException corrupt(String reason) {
        return new ImageRejectedException(RejectCode.CORRUPT, reason);
    }
}

package io.blemish.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The first frame of a GIF, laid on its canvas as Pillow lays it: what the frame leaves free has the transparent
 * colour, or the palette's first. Later frames are never read.
 */
final class GifPicture implements Picture {
    private static final int SCREEN_END = 13;
    private static final int EXTENSION = 0x21;
    private static final int PLAIN_TEXT = 0x01;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final int IMAGE = 0x2c;

    private final byte[] content;
    private int[] palette = grey();
    private int width;
    private int height;
    private int left;
    private int top;
    private int background;
    private int data;

    private GifPicture(byte[] content) throws ImageRejectedException {
        this.content = content;
        Bytes bytes = Bytes.littleEndian(content);
        int at = SCREEN_END + readPalette(bytes, SCREEN_END, bytes.u8(10));
        while (bytes.u8(at) != IMAGE) {
            at = bytes.u8(at) == EXTENSION ? readExtension(bytes, at) : at + 1;
        }
        readFrame(bytes, at);
    }

    static Picture open(byte[] content) throws ImageRejectedException {
        return new GifPicture(content);
    }

    @Override
    public ImageHeader header() {
        return new ImageHeader("gif", width, height, 1);
    }

    @Override
    public long decodedBytes() {
        return 7L * width * height;
    }

    @Override
    public RgbImage pixels(Deadline deadline, Consumer<String> warnings) throws IOException, ImageRejectedException {
        skipBlocks(Bytes.littleEndian(content), data);
        ContentInput input = new ContentInput(content, deadline);
        Raster frame = Codecs.read(
                Codecs.GIF, input, warnings, reader -> reader.read(0).getRaster());
        RgbImage drawn = RasterSamples.indexed(frame, palette);
        boolean fills = left == 0 && top == 0 && drawn.width() == width && drawn.height() == height;
        return fills ? drawn : onCanvas(drawn);
    }

    private RgbImage onCanvas(RgbImage frame) {
        byte[] rgb = new byte[3 * width * height];
        int colour = background < palette.length ? palette[background] : 0;
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (colour >> (16 - 8 * (i % 3)));
        }
        int line = 3 * frame.width();
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(frame.rgb(), y * line, rgb, 3 * ((top + y) * width + left), line);
        }

        return new RgbImage(width, height, rgb);
    }

    private void readFrame(Bytes bytes, int at) throws ImageRejectedException {
        left = bytes.u16(at + 1);
        top = bytes.u16(at + 3);
        int frameWidth = bytes.u16(at + 5);
        int frameHeight = bytes.u16(at + 7);
        boolean empty = frameWidth == 0 || frameHeight == 0;
        width = empty ? 0 : Math.max(bytes.u16(6), left + frameWidth);
        height = empty ? 0 : Math.max(bytes.u16(8), top + frameHeight);
        data = at + 10 + readPalette(bytes, at + 10, bytes.u8(at + 9)) + 1;
    }

    /** Reads the palette that the flags announce, and returns its length in bytes. */
    private int readPalette(Bytes bytes, int at, int flags) throws ImageRejectedException {
        if ((flags & 0x80) == 0) {
            return 0;
        }

        int[] colours = new int[2 << (flags & 7)];
        for (int i = 0; i < colours.length; i++) {
            int entry = at + 3 * i;
            colours[i] = bytes.u8(entry) << 16 | bytes.u8(entry + 1) << 8 | bytes.u8(entry + 2);
        }
        palette = colours;
        return 3 * colours.length;
    }

    private int readExtension(Bytes bytes, int at) throws ImageRejectedException {
        int label = bytes.u8(at + 1);
        requireLength(bytes, at, label);
        if (label == GRAPHIC_CONTROL && (bytes.u8(at + 3) & 1) != 0) {
            background = bytes.u8(at + 6);
        }

        return skipBlocks(bytes, at + 2);
    }

    /**
     * The runtime's decoder takes the lengths of these blocks for granted: with others it would find another frame than
     * the one that is held against the limits.
     */
    private static void requireLength(Bytes bytes, int at, int label) throws ImageRejectedException {
        int length = bytes.u8(at + 2);
        boolean expected =
                switch (label) {
                    case GRAPHIC_CONTROL -> length == 4 && bytes.u8(at + 7) == 0;
                    case PLAIN_TEXT -> length == 12;
                    case APPLICATION -> length > 0;
                    default -> true;
                };
        if (!expected) {
            throw new ImageRejectedException(RejectCode.CORRUPT, "an extension of the GIF has an impossible length");
        }
    }

    /**
     * The position behind a chain of blocks, each preceded by its length; a chain without an end is a truncated file.
     */
    private static int skipBlocks(Bytes bytes, int at) throws ImageRejectedException {
        int next = at;
        while (bytes.u8(next) != 0) {
            next += 1 + bytes.u8(next);
        }

        return next + 1;
    }

    private static int[] grey() {
        int[] colours = new int[256];
        Arrays.setAll(colours, level -> level * 0x010101);
        return colours;
    }
}

package io.blemish.image;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF, which is also what EXIF is made of: its tags with a single small number. Every value
 * is checked to lie inside the file before anything reads it.
 */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int ORIENTATION = 274;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int COLOUR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_LENGTH = 323;

    /** The tags that decide how much memory decoding takes. */
    private static final Set<Integer> SIZES = Set.of(
            WIDTH, HEIGHT, BITS_PER_SAMPLE, COMPRESSION, PHOTOMETRIC, SAMPLES_PER_PIXEL, TILE_WIDTH, TILE_LENGTH);

    private static final int ENTRY = 12;
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Set<Integer> tags = new HashSet<>();
    private boolean ambiguous;
    private int[] colourMap = {};

    private TiffDirectory(Bytes bytes) throws ImageRejectedException {
        Bytes ordered = bytes.in(bytes.has(0, "II") ? Bytes.Order.LITTLE_ENDIAN : Bytes.Order.BIG_ENDIAN);
        boolean known = ordered.has(0, "II") || ordered.has(0, "MM");
        if (!known || ordered.u16(2) != 42) {
            throw new ImageRejectedException(RejectCode.CORRUPT, "the TIFF structure does not start as one");
        }

        long at = ordered.u32(4);
        int entries = ordered.u16(at);
        for (int i = 0; i < entries; i++) {
            readEntry(ordered, at + 2 + (long) i * ENTRY);
        }
    }

    /** Reads the directory that the file, or the EXIF block, points to first. */
    static TiffDirectory read(Bytes bytes) throws ImageRejectedException {
        return new TiffDirectory(bytes);
    }

    /** The orientation, 1 to 8, in an EXIF block; 1 when the block is damaged or states none or another. */
    static int orientation(Bytes exif) {
        try {
            return read(exif).orientation();
        } catch (ImageRejectedException damaged) {
            return 1;
        }
    }

    int orientation() {
        long stated = number(ORIENTATION, 1);
        return stated >= 1 && stated <= 8 ? (int) stated : 1;
    }

    /** The first number of a tag. */
    long number(int tag, long absent) {
        return numbers.getOrDefault(tag, absent);
    }

    /**
     * Whether decoders may disagree about what it says: a tag is there twice, or one that sizes depend on is of another
     * type than SHORT or LONG.
     */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** The palette as {@code 0xRRGGBB}, the high byte of each entry; empty without one. */
    int[] colourMap() {
        return colourMap;
    }

    private void readEntry(Bytes bytes, long at) throws ImageRejectedException {
        int tag = bytes.u16(at);
        int type = bytes.u16(at + 2);
        ambiguous |= !tags.add(tag) || (SIZES.contains(tag) && type != SHORT && type != LONG);
        long count = bytes.u32(at + 4);
        long length = count * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0);
        long value = length <= 4 ? at + 8 : bytes.u32(at + 8);
        if (length == 0) {
            return;
        }

        bytes.u8(value + length - 1);
        if (tag == COLOUR_MAP && type == SHORT) {
            readColours(bytes, value, (int) Math.min(count / 3, 1 << 16));
        } else if (type == BYTE) {
            numbers.putIfAbsent(tag, (long) bytes.u8(value));
        } else if (type == SHORT) {
            numbers.putIfAbsent(tag, (long) bytes.u16(value));
        } else if (type == LONG) {
            numbers.putIfAbsent(tag, bytes.u32(value));
        }
    }

    private void readColours(Bytes bytes, long at, int colours) throws ImageRejectedException {
        colourMap = new int[colours];
        for (int i = 0; i < 3 * colours; i++) {
            int colour = i % colours;
            colourMap[colour] = colourMap[colour] << 8 | bytes.u16(at + 2L * i) >> 8;
        }
    }
}

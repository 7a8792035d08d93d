package io.blemish.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The entropy-coded bits of one segment of a scan, without their stuffing, up to the next marker. */
final class JpegBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int ENOUGH = 32;

    private final byte[] content;
    private int position;

    /** Left-aligned; of its bits below {@link #available}, some may be set already to what will be read there. */
    private long buffer;

    private int available;

    /** How many of the available bits are zeros that stand for what lies behind the marker. */
    private int padding;

    JpegBits(byte[] content) {
        this.content = content;
    }

    void start(int at) {
        position = at;
        buffer = 0;
        available = 0;
        padding = 0;
    }

    /** Ends a segment, and returns the position of the marker that ends it. */
    int end() throws IrregularJpegException {
        int left = available - padding;
        boolean atMarker = position + 1 < content.length && content[position] == (byte) 0xff;
        if (left < 0 || left > 7 || !atMarker || content[position + 1] == 0 || content[position + 1] == (byte) 0xff) {
            throw new IrregularJpegException("a scan does not end at its marker");
        }

        return position;
    }

    boolean markerIs(int at, int marker) {
        return (content[at + 1] & 0xff) == marker;
    }

    int symbol(HuffmanTable table) throws IrregularJpegException {
        if (available < ENOUGH) {
            fill();
        }
        int found = table.quick((int) (buffer >>> (64 - HuffmanTable.QUICK_BITS)));
        if (found == 0) {
            found = table.slow((int) (buffer >>> (64 - HuffmanTable.LONGEST)));
        }
        skip(found >> 8);
        return found & 0xff;
    }

    /** The next bits, at most 16, as an unsigned number. */
    int bits(int count) {
        if (count == 0) {
            return 0;
        }
        if (available < ENOUGH) {
            fill();
        }
        int value = (int) (buffer >>> (64 - count));
        skip(count);
        return value;
    }

    /** The next bits as a signed number: those that start with a 0 are negative (ITU-T T.81, figure F.12). */
    int signed(int count) {
        int value = bits(count);
        return count == 0 || value >= 1 << (count - 1) ? value : value - (1 << count) + 1;
    }

    /**
     * Reads the coefficients behind the first one of a block. The hottest loop of all works on copies of the fields.
     *
     * @param block where the block starts in {@code coefficients}
     */
    void alternating(HuffmanTable table, short[] coefficients, int block) throws IrregularJpegException {
        long bits = buffer;
        int left = available;
        int at = 1;
        while (at < 64) {
            if (left < ENOUGH) {
                refill(bits, left);
                bits = buffer;
                left = available;
            }
            int found = table.quick((int) (bits >>> (64 - HuffmanTable.QUICK_BITS)));
            if (found == 0) {
                found = table.slow((int) (bits >>> (64 - HuffmanTable.LONGEST)));
            }
            int size = found & 15;
            int zeros = found >> 4 & 15;
            bits <<= found >> 8;
            left -= (found >> 8) + size;
            if (size == 0 && zeros < 15) {
                break;
            }

            at += zeros;
            if (size > 0 && at < 64) {
                int positive = (int) (bits >>> (64 - size));
                int belowZero = bits < 0 ? 0 : (-1 << size) + 1;
                coefficients[block + ZigZag.natural(at)] = (short) (positive + belowZero);
            }
            bits <<= size;
            at++;
        }
        buffer = bits;
        available = left;
        if (at > 64) {
            throw new IrregularJpegException("a block has more than 64 coefficients");
        }
    }

    private void refill(long bits, int left) {
        buffer = bits;
        available = left;
        fill();
    }

    private void skip(int count) {
        buffer <<= count;
        available -= count;
    }

    private void fill() {
        if (position + Long.BYTES <= content.length) {
            long next = (long) LONGS.get(content, position);
            boolean marked = ((~next - 0x0101010101010101L) & next & 0x8080808080808080L) != 0;
            if (!marked) {
                buffer |= next >>> available;
                position += (63 - available) >> 3;
                available |= 56;
                return;
            }
        }
        while (available <= 56) {
            buffer |= (long) next() << (56 - available);
            available += 8;
        }
    }

    private int next() {
        int value = position < content.length ? content[position] & 0xff : 0xff;
        if (value != 0xff) {
            position++;
            return value;
        }
        if (position + 1 < content.length && content[position + 1] == 0) {
            position += 2;
            return value;
        }

        padding += 8;
        return 0;
    }
}

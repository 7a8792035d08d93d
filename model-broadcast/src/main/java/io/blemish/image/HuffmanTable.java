package io.blemish.image;

/** A Huffman code of a JPEG: a table for codes of at most ten bits, the canonical bounds for longer ones. */
final class HuffmanTable {
    static final int QUICK_BITS = 10;
    static final int LONGEST = 16;

    /** For each ten bits: the code's length times 256, and its symbol; 0 when the code is longer. */
    private final short[] quick = new short[1 << QUICK_BITS];

    /** For each length: the first code that is too large to be of that length, aligned to the left of 16 bits. */
    private final int[] ends = new int[LONGEST + 1];

    private final int[] offsets = new int[LONGEST + 1];
    private final byte[] symbols;

    /**
     * Reads a table.
     *
     * @param counts of the codes of each length, from 1 to 16
     * @param symbols in the order of their codes
     */
    HuffmanTable(int[] counts, byte[] symbols) throws IrregularJpegException {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offsets[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++) {
                if (code >= 1 << length) {
                    throw new IrregularJpegException("a Huffman table has more codes than fit");
                }
                if (length <= QUICK_BITS) {
                    fillQuick(code, length, symbols[index]);
                }
            }
            ends[length] = code << (LONGEST - length);
            code <<= 1;
        }
    }

    /** Length times 256 and symbol for the next ten bits, or 0. */
    int quick(int tenBits) {
        return quick[tenBits];
    }

    /** Length times 256 and symbol for the next sixteen bits, when {@link #quick} does not know. */
    int slow(int sixteenBits) throws IrregularJpegException {
        for (int length = QUICK_BITS + 1; length <= LONGEST; length++) {
            if (sixteenBits < ends[length]) {
                int index = (sixteenBits >> (LONGEST - length)) + offsets[length];
                return length << 8 | (symbols[index] & 0xff);
            }
        }

        throw new IrregularJpegException("a code is not in its Huffman table");
    }

    private void fillQuick(int code, int length, byte symbol) {
        int from = code << (QUICK_BITS - length);
        for (int i = 0; i < 1 << (QUICK_BITS - length); i++) {
            quick[from + i] = (short) (length << 8 | (symbol & 0xff));
        }
    }
}

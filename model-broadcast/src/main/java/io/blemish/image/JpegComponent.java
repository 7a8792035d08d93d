package io.blemish.image;

import java.util.Arrays;

/** One component of a JPEG's frame: its coefficients while they are read, and its samples once they are transformed. */
final class JpegComponent {
    private static final int BLOCK = 64;

    final int name;
    final int horizontal;
    final int vertical;
    final int table;
    HuffmanTable direct;
    HuffmanTable alternating;
    int predictor;
    int[] quantisation;

    /** For each coefficient, in zig-zag order, how many low bits are still to come; −1 when nothing has come yet. */
    final int[] pending = new int[BLOCK];

    private int blocksAcross;
    private int blockSize;
    private short[] coefficients;
    private byte[] samples;
    private int width;
    private int height;
    private int columns;
    private int rows;

    JpegComponent(int name, int horizontal, int vertical, int table) {
        this.name = name;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.table = table;
        Arrays.fill(pending, -1);
    }

    /**
     * Makes room.
     *
     * @param frame gives the size of the picture in samples and units
     * @param smallest the side of the square that a block of the finest component becomes: 8, 4, 2 or 1
     * @param rowsHeld how many rows of units are held as coefficients at once
     */
    void allocate(JpegFrame frame, int smallest, int rowsHeld) {
        int across = frame.horizontal();
        int down = frame.vertical();
        blockSize = smallest;
        while (blockSize < 8
                && across * smallest % (horizontal * blockSize * 2) == 0
                && down * smallest % (vertical * blockSize * 2) == 0) {
            blockSize *= 2;
        }
        columns = ceil(ceil(frame.width() * horizontal, across), 8);
        rows = ceil(ceil(frame.height() * vertical, down), 8);
        width = ceil(frame.width() * horizontal * blockSize, across * 8);
        height = ceil(frame.height() * vertical * blockSize, down * 8);
        blocksAcross = frame.unitsAcross() * horizontal;
        coefficients = new short[Math.multiplyExact(BLOCK * blocksAcross, vertical * rowsHeld)];
        samples = new byte[Math.multiplyExact(stride(), frame.unitsDown() * vertical * blockSize)];
    }

    /** Where the block of the given column and row starts among {@link #coefficients()}. */
    int block(int column, int row) {
        return BLOCK * (row * blocksAcross + column);
    }

    short[] coefficients() {
        return coefficients;
    }

    /** Blocks across, without those that only fill up a unit: what a scan of this component alone holds. */
    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** The side of the square of samples that a block becomes. */
    int blockSize() {
        return blockSize;
    }

    /** Width in samples, as transformed. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int stride() {
        return blocksAcross * blockSize;
    }

    byte[] samples() {
        return samples;
    }

    /**
     * Transforms one row of units into samples, and clears its coefficients.
     *
     * @param unitRow of the picture
     * @param heldRow of the coefficients that are held
     */
    void transform(int unitRow, int heldRow, InverseDct transform) {
        for (int row = 0; row < vertical; row++) {
            int to = (unitRow * vertical + row) * blockSize * stride();
            for (int column = 0; column < blocksAcross; column++, to += blockSize) {
                int block = block(column, heldRow * vertical + row);
                transform.apply(coefficients, block, quantisation, blockSize, samples, to, stride());
            }
        }
        int from = block(0, heldRow * vertical);
        Arrays.fill(coefficients, from, from + BLOCK * blocksAcross * vertical, (short) 0);
    }

    /** Gives back the coefficients when all of them are samples. */
    void release() {
        coefficients = new short[0];
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}

package io.blemish.image;

import java.util.Arrays;

/**
 * One resampling of one picture. Rows pass through once: a row is resampled horizontally when the first target row
 * needs it, and kept, in a ring, until the last one has used it.
 */
final class Resampler {
    private static final int HALF = 1 << (ResampleWeights.FRACTION_BITS - 1);
    private static final long TWO_HALVES = (long) HALF << 32 | HALF;

    private final RgbImage image;
    private final ResampleWeights columns;
    private final ResampleWeights rows;
    private final int firstColumn;
    private final int endColumn;
    private final long[] twoRows;
    private final int[][] ring;
    private final int[] sums;

    Resampler(RgbImage image, ResampleWeights columns, ResampleWeights rows) {
        this.image = image;
        this.columns = columns;
        this.rows = rows;
        firstColumn = columns.first(0);
        endColumn = columns.end(columns.size() - 1);
        twoRows = new long[3 * endColumn];
        ring = new int[rows.taps() + 1][3 * columns.size()];
        sums = new int[3 * columns.size()];
    }

    /** Writes {@code 3 × rows × columns} samples, channel by channel. */
    void write(byte[] target, int offset) {
        int width = columns.size();
        int height = rows.size();
        int last = rows.end(height - 1) - 1;
        int next = rows.first(0);
        for (int y = 0; y < height; y++) {
            for (next = Math.max(next, rows.first(y)); next < rows.end(y); next += 2) {
                int second = Math.min(next + 1, last);
                resampleRows(next, second, ring[next % ring.length], ring[second % ring.length]);
            }

            sumRows(y);
            for (int channel = 0; channel < 3; channel++) {
                int to = offset + (channel * height + y) * width;
                for (int x = 0; x < width; x++) {
                    target[to + x] = (byte) rounded(sums[channel * width + x]);
                }
            }
        }
    }

    /**
     * Resamples two rows with one multiplication: their samples sit in the halves of a long, and the sum of the lower
     * half, which may be negative, is taken off before the upper one is read.
     */
    private void resampleRows(int first, int second, int[] firstRow, int[] secondRow) {
        pack(first, second);
        int width = columns.size();
        for (int x = 0; x < width; x++) {
            long red = TWO_HALVES;
            long green = TWO_HALVES;
            long blue = TWO_HALVES;
            int from = 3 * columns.first(x);
            int count = columns.count(x);
            for (int tap = 0; tap < count; tap++, from += 3) {
                long weight = columns.weight(x, tap);
                red += twoRows[from] * weight;
                green += twoRows[from + 1] * weight;
                blue += twoRows[from + 2] * weight;
            }

            firstRow[x] = rounded((int) red);
            firstRow[width + x] = rounded((int) green);
            firstRow[2 * width + x] = rounded((int) blue);
            secondRow[x] = rounded(upper(red));
            secondRow[width + x] = rounded(upper(green));
            secondRow[2 * width + x] = rounded(upper(blue));
        }
    }

    private void pack(int first, int second) {
        byte[] rgb = image.rgb();
        int firstStart = 3 * first * image.width();
        int secondStart = 3 * second * image.width();
        for (int i = 3 * firstColumn; i < 3 * endColumn; i++) {
            twoRows[i] = (rgb[firstStart + i] & 0xffL) | (rgb[secondStart + i] & 0xffL) << 32;
        }
    }

    private void sumRows(int y) {
        Arrays.fill(sums, HALF);
        int first = rows.first(y);
        for (int tap = 0; tap < rows.count(y); tap++) {
            addWeighted(sums, ring[(first + tap) % ring.length], rows.weight(y, tap));
        }
    }

    /** A loop of its own, because the compiler turns it into vector instructions. */
    private static void addWeighted(int[] sums, int[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * weight;
        }
    }

    private static int upper(long pair) {
        return (int) ((pair - (int) pair) >> 32);
    }

    private static int rounded(int sum) {
        int value = sum >> ResampleWeights.FRACTION_BITS;
        return value < 0 ? 0 : Math.min(value, 255);
    }
}

package io.blemish.image;

/**
 * The inverse discrete cosine transform of 8 × 8 coefficients to 8 × 8, 4 × 4, 2 × 2 or 1 × 1 samples, in the integer
 * arithmetic of the Independent JPEG Group's {@code jidctint.c} and {@code jidctred.c}, which every decoder compared
 * here reproduces to the bit. Keeps scratch space: one instance for each thread.
 */
final class InverseDct {
    private static final int CONSTANT_BITS = 13;
    private static final int PASS_BITS = 2;

    private final int[] space = new int[64];

    /**
     * Transforms one block.
     *
     * @param coefficients 64 of them from {@code block} on, row by row
     * @param quantisation factors in the same order
     * @param size of the square of samples: 8, 4, 2 or 1
     * @param samples receives them at {@code to}, rows {@code stride} apart
     */
    void apply(short[] coefficients, int block, int[] quantisation, int size, byte[] samples, int to, int stride) {
        switch (size) {
            case 8 -> whole(coefficients, block, quantisation, samples, to, stride);
            case 4 -> half(coefficients, block, quantisation, samples, to, stride);
            case 2 -> quarter(coefficients, block, quantisation, samples, to, stride);
            default -> samples[to] = sample(coefficients[block] * quantisation[0], 3);
        }
    }

    private void whole(short[] c, int block, int[] q, byte[] samples, int to, int stride) {
        for (int column = 0; column < 8; column++) {
            int at = block + column;
            int first = c[at] * q[column];
            if ((c[at + 8] | c[at + 16] | c[at + 24] | c[at + 32] | c[at + 40] | c[at + 48] | c[at + 56]) == 0) {
                for (int row = 0; row < 8; row++) {
                    space[8 * row + column] = first << PASS_BITS;
                }
            } else {
                eight(
                        first,
                        c[at + 8] * q[column + 8],
                        c[at + 16] * q[column + 16],
                        c[at + 24] * q[column + 24],
                        c[at + 32] * q[column + 32],
                        c[at + 40] * q[column + 40],
                        c[at + 48] * q[column + 48],
                        c[at + 56] * q[column + 56],
                        column);
            }
        }
        for (int row = 0; row < 8; row++) {
            rowOfEight(8 * row, samples, to + row * stride);
        }
    }

    /** One column, eight values in, eight out into the scratch space; variables are named as in {@code jidctint.c}. */
    private void eight(int v0, int v1, int v2, int v3, int v4, int v5, int v6, int v7, int column) {
        int z1 = (v2 + v6) * 4433;
        int tmp2 = z1 - v6 * 15137;
        int tmp3 = z1 + v2 * 6270;
        int tmp0 = (v0 + v4) << CONSTANT_BITS;
        int tmp1 = (v0 - v4) << CONSTANT_BITS;
        int z5 = (v7 + v3 + v5 + v1) * 9633;
        int z3 = z5 - (v7 + v3) * 16069;
        int z4 = z5 - (v5 + v1) * 3196;
        int outer = -(v7 + v1) * 7373;
        int inner = -(v5 + v3) * 20995;
        int odd0 = v7 * 2446 + outer + z3;
        int odd1 = v5 * 16819 + inner + z4;
        int odd2 = v3 * 25172 + inner + z3;
        int odd3 = v1 * 12299 + outer + z4;
        int shift = CONSTANT_BITS - PASS_BITS;
        int half = 1 << (shift - 1);
        space[column] = (tmp0 + tmp3 + odd3 + half) >> shift;
        space[column + 56] = (tmp0 + tmp3 - odd3 + half) >> shift;
        space[column + 8] = (tmp1 + tmp2 + odd2 + half) >> shift;
        space[column + 48] = (tmp1 + tmp2 - odd2 + half) >> shift;
        space[column + 16] = (tmp1 - tmp2 + odd1 + half) >> shift;
        space[column + 40] = (tmp1 - tmp2 - odd1 + half) >> shift;
        space[column + 24] = (tmp0 - tmp3 + odd0 + half) >> shift;
        space[column + 32] = (tmp0 - tmp3 - odd0 + half) >> shift;
    }

    private void rowOfEight(int row, byte[] samples, int to) {
        int v0 = space[row];
        int v1 = space[row + 1];
        int v2 = space[row + 2];
        int v3 = space[row + 3];
        int v4 = space[row + 4];
        int v5 = space[row + 5];
        int v6 = space[row + 6];
        int v7 = space[row + 7];
        int z1 = (v2 + v6) * 4433;
        int tmp2 = z1 - v6 * 15137;
        int tmp3 = z1 + v2 * 6270;
        int tmp0 = (v0 + v4) << CONSTANT_BITS;
        int tmp1 = (v0 - v4) << CONSTANT_BITS;
        int z5 = (v7 + v3 + v5 + v1) * 9633;
        int z3 = z5 - (v7 + v3) * 16069;
        int z4 = z5 - (v5 + v1) * 3196;
        int outer = -(v7 + v1) * 7373;
        int inner = -(v5 + v3) * 20995;
        int odd0 = v7 * 2446 + outer + z3;
        int odd1 = v5 * 16819 + inner + z4;
        int odd2 = v3 * 25172 + inner + z3;
        int odd3 = v1 * 12299 + outer + z4;
        int shift = CONSTANT_BITS + PASS_BITS + 3;
        samples[to] = sample(tmp0 + tmp3 + odd3, shift);
        samples[to + 7] = sample(tmp0 + tmp3 - odd3, shift);
        samples[to + 1] = sample(tmp1 + tmp2 + odd2, shift);
        samples[to + 6] = sample(tmp1 + tmp2 - odd2, shift);
        samples[to + 2] = sample(tmp1 - tmp2 + odd1, shift);
        samples[to + 5] = sample(tmp1 - tmp2 - odd1, shift);
        samples[to + 3] = sample(tmp0 - tmp3 + odd0, shift);
        samples[to + 4] = sample(tmp0 - tmp3 - odd0, shift);
    }

    private void half(short[] c, int block, int[] q, byte[] samples, int to, int stride) {
        int shift = CONSTANT_BITS - PASS_BITS + 1;
        int round = 1 << (shift - 1);
        for (int column = 0; column < 8; column++) {
            if (column == 4) {
                continue;
            }
            int at = block + column;
            int v1 = c[at + 8] * q[column + 8];
            int v3 = c[at + 24] * q[column + 24];
            int v5 = c[at + 40] * q[column + 40];
            int v7 = c[at + 56] * q[column + 56];
            int even = (c[at] * q[column]) << (CONSTANT_BITS + 1);
            int cross = c[at + 16] * q[column + 16] * 15137 - c[at + 48] * q[column + 48] * 6270;
            int inner = -v7 * 1730 + v5 * 11893 - v3 * 17799 + v1 * 8697;
            int outer = -v7 * 4176 - v5 * 4926 + v3 * 7373 + v1 * 20995;
            space[column] = (even + cross + outer + round) >> shift;
            space[column + 8] = (even - cross + inner + round) >> shift;
            space[column + 16] = (even - cross - inner + round) >> shift;
            space[column + 24] = (even + cross - outer + round) >> shift;
        }
        for (int row = 0; row < 4; row++) {
            rowOfFour(8 * row, samples, to + row * stride);
        }
    }

    private void rowOfFour(int row, byte[] samples, int to) {
        int even = space[row] << (CONSTANT_BITS + 1);
        int cross = space[row + 2] * 15137 - space[row + 6] * 6270;
        int v1 = space[row + 1];
        int v3 = space[row + 3];
        int v5 = space[row + 5];
        int v7 = space[row + 7];
        int inner = -v7 * 1730 + v5 * 11893 - v3 * 17799 + v1 * 8697;
        int outer = -v7 * 4176 - v5 * 4926 + v3 * 7373 + v1 * 20995;
        int shift = CONSTANT_BITS + PASS_BITS + 4;
        samples[to] = sample(even + cross + outer, shift);
        samples[to + 1] = sample(even - cross + inner, shift);
        samples[to + 2] = sample(even - cross - inner, shift);
        samples[to + 3] = sample(even + cross - outer, shift);
    }

    private void quarter(short[] c, int block, int[] q, byte[] samples, int to, int stride) {
        int shift = CONSTANT_BITS - PASS_BITS + 2;
        int round = 1 << (shift - 1);
        for (int column = 0; column < 8; column++) {
            if (column % 2 == 0 && column > 0) {
                continue;
            }
            int at = block + column;
            int even = (c[at] * q[column]) << (CONSTANT_BITS + 2);
            int odd = odd(
                    c[at + 8] * q[column + 8],
                    c[at + 24] * q[column + 24],
                    c[at + 40] * q[column + 40],
                    c[at + 56] * q[column + 56]);
            space[column] = (even + odd + round) >> shift;
            space[column + 8] = (even - odd + round) >> shift;
        }
        for (int row = 0; row < 2; row++) {
            int from = 8 * row;
            int even = space[from] << (CONSTANT_BITS + 2);
            int odd = odd(space[from + 1], space[from + 3], space[from + 5], space[from + 7]);
            samples[to + row * stride] = sample(even + odd, CONSTANT_BITS + PASS_BITS + 5);
            samples[to + row * stride + 1] = sample(even - odd, CONSTANT_BITS + PASS_BITS + 5);
        }
    }

    private static int odd(int v1, int v3, int v5, int v7) {
        return -v7 * 5906 + v5 * 6967 - v3 * 10426 + v1 * 29692;
    }

    private static byte sample(int sum, int shift) {
        int value = ((sum + (1 << (shift - 1))) >> shift) + 128;
        return (byte) Math.max(0, Math.min(255, value));
    }
}

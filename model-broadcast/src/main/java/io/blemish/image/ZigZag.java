package io.blemish.image;

/** The order in which a JPEG stores the 64 coefficients of a block: diagonal by diagonal, low frequencies first. */
final class ZigZag {
    private static final int[] NATURAL = new int[64];

    static {
        int at = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++) {
            for (int step = 0; step <= diagonal; step++) {
                int row = diagonal % 2 == 0 ? diagonal - step : step;
                int column = diagonal - row;
                if (row < 8 && column < 8) {
                    NATURAL[at++] = 8 * row + column;
                }
            }
        }
    }

    private ZigZag() {}

    /** The place of the given coefficient in a block that is stored row by row. */
    static int natural(int zigZag) {
        return NATURAL[zigZag];
    }
}

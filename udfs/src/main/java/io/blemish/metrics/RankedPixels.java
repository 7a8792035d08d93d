package io.blemish.metrics;

import java.util.Arrays;

/**
 * The pixels of a crop, sorted by a heat map, and which of them belong to a mask: what the measures need that look at
 * every threshold.
 */
final class RankedPixels {
    /** Ascending; above the lowest bit the order of the value, in it whether the pixel belongs to the mask. */
    private final long[] sorted;

    private final long inside;

    RankedPixels(float[] map, CropMask mask) {
        sorted = new long[map.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = order(map[i]) << 1 | (mask.inside()[i] ? 1 : 0);
        }
        Arrays.sort(sorted);
        inside = mask.pixels();
    }

    /** The probability that a pixel of the mask has a higher value than one outside, ties counting half. */
    double auroc() {
        long outside = sorted.length - inside;
        if (outside == 0) {
            return Double.NaN;
        }
        double won = 0;
        long outsideBelow = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = endOfTies(from);
            long insideHere = 0;
            for (int i = from; i < to; i++) {
                insideHere += sorted[i] & 1;
            }
            long outsideHere = to - from - insideHere;
            won += insideHere * (outsideBelow + outsideHere / 2.0);
            outsideBelow += outsideHere;
            from = to;
        }
        return won / ((double) inside * outside);
    }

    /** The greatest intersection over union that any threshold reaches: pixels of its value and more against the mask. */
    double bestIou() {
        double best = 0;
        long insideBelow = 0;
        for (int from = 0; from < sorted.length; ) {
            long union = (long) sorted.length - from + insideBelow;
            best = Math.max(best, (double) (inside - insideBelow) / union);
            int to = endOfTies(from);
            for (int i = from; i < to; i++) {
                insideBelow += sorted[i] & 1;
            }
            from = to;
        }
        return best;
    }

    private int endOfTies(int from) {
        int to = from + 1;
        while (to < sorted.length && sorted[to] >> 1 == sorted[from] >> 1) {
            to++;
        }
        return to;
    }

    /** Whole numbers in the order of the floats; −0 and 0 are one value. */
    private static long order(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}

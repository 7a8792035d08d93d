package io.blemish.train;

import java.util.SplittableRandom;

/**
 * Generators that depend on nothing but a seed and what they are for, such as an epoch and an example: no state has to
 * be kept, and the order in which they are used does not matter.
 */
public final class Randoms {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Randoms() {}

    /** The generator for this seed and purpose. */
    public static SplittableRandom of(long seed, long... purpose) {
        long state = mixed(seed + GOLDEN);
        for (long part : purpose) {
            state = mixed(state ^ (part + GOLDEN));
        }
        return new SplittableRandom(state);
    }

    /** A random order of 0 to n − 1 (Fisher and Yates). */
    public static int[] order(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Stafford's variant 13 of the 64-bit finaliser of MurmurHash3. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

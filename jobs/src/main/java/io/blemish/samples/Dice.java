package io.blemish.samples;

import java.util.List;

/**
 * A stream of random numbers (SplitMix64, Steele et al. 2014): the same on every machine, and cheap to start, so that each
 * photograph can have its own.
 */
final class Dice {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed, long index) {
        state = scramble(seed + STEP * scramble(index + 1));
    }

    long bits() {
        state += STEP;
        return scramble(state);
    }

    /** In [0, 1). */
    float unit() {
        return (bits() >>> 40) * 0x1p-24f;
    }

    float between(float low, float high) {
        return low + (high - low) * unit();
    }

    /** In [0, bound). */
    int below(int bound) {
        return (int) ((bits() >>> 32) * bound >>> 32);
    }

    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** About normal, with mean 0 and deviation 1, never beyond 3.5. */
    float normal() {
        return (unit() + unit() + unit() + unit() - 2) * 1.7320508f;
    }

    /** A place on a tile of noise. */
    float place() {
        return unit() * Tile.SIDE;
    }

    private static long scramble(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package io.blemish.image;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bicubic weights of one axis: for each target position, where its source samples start and how much each of them
 * counts, in units of 2<sup>−22</sup>. Weights are computed as Pillow computes them, operation by operation, in
 * doubles.
 */
final class ResampleWeights {
    static final int FRACTION_BITS = 22;

    private static final double SUPPORT = 2;
    private static final int CACHED = 64;
    private static final Map<Axis, ResampleWeights> CACHE = new ConcurrentHashMap<>();

    private final int taps;
    private final int[] firsts;
    private final int[] counts;
    private final int[] weights;

    private record Axis(double extent, int source, int target, int from, int to) {}

    private ResampleWeights(Axis axis) {
        double scale = axis.extent / axis.target;
        double stretch = Math.max(scale, 1);
        double support = SUPPORT * stretch;
        int size = axis.to - axis.from;
        taps = (int) Math.ceil(support) * 2 + 1;
        firsts = new int[size];
        counts = new int[size];
        weights = new int[size * taps];
        double[] exact = new double[taps];
        for (int i = 0; i < size; i++) {
            double centre = (axis.from + i + 0.5) * scale;
            firsts[i] = Math.max((int) (centre - support + 0.5), 0);
            counts[i] = Math.min((int) (centre + support + 0.5), axis.source) - firsts[i];
            fill(exact, firsts[i], firsts[i] + counts[i], centre, 1 / stretch);
            for (int tap = 0; tap < counts[i]; tap++) {
                weights[i * taps + tap] = fixed(exact[tap]);
            }
        }
    }

    /**
     * The weights of target positions {@code from} to {@code to} of a {@code source} long axis resized to {@code
     * target}.
     */
    static ResampleWeights of(int source, int target, int from, int to) {
        return of(source, source, target, from, to);
    }

    /**
     * The same for an axis whose last sample, being what is left of a reduced picture, counts for less than a whole
     * one.
     */
    static ResampleWeights of(double extent, int source, int target, int from, int to) {
        Axis axis = new Axis(extent, source, target, from, to);
        ResampleWeights known = CACHE.get(axis);
        if (known != null) {
            return known;
        }

        if (CACHE.size() >= CACHED) {
            CACHE.clear();
        }
        ResampleWeights made = new ResampleWeights(axis);
        CACHE.put(axis, made);
        return made;
    }

    /** How many target positions there are. */
    int size() {
        return firsts.length;
    }

    /** The most samples that any target position reads. */
    int taps() {
        return taps;
    }

    /** The first source sample that target position {@code i} reads. */
    int first(int i) {
        return firsts[i];
    }

    /** The source sample behind the last one that target position {@code i} reads. */
    int end(int i) {
        return firsts[i] + counts[i];
    }

    /** How many source samples target position {@code i} reads. */
    int count(int i) {
        return counts[i];
    }

    /** The weight of the given one of them. */
    int weight(int i, int tap) {
        return weights[i * taps + tap];
    }

    private static void fill(double[] exact, int from, int to, double centre, double shrink) {
        double sum = 0;
        for (int sample = from; sample < to; sample++) {
            exact[sample - from] = cubic((sample - centre + 0.5) * shrink);
            sum += exact[sample - from];
        }
        for (int sample = from; sample < to && sum != 0; sample++) {
            exact[sample - from] /= sum;
        }
    }

    private static double cubic(double position) {
        double a = -0.5;
        double x = Math.abs(position);
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }

        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static int fixed(double weight) {
        return (int) (weight * (1 << FRACTION_BITS) + (weight < 0 ? -0.5 : 0.5));
    }
}

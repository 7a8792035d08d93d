package io.blemish.metrics;

import java.util.OptionalDouble;

/** The cosine of the angle between two vectors, in double precision. */
public final class Cosine {
    private Cosine() {}

    /**
     * The cosine, in [-1, 1]; empty when one of the vectors has no direction, because its length is 0 or not finite.
     *
     * @param one of any width
     * @param other of the same width
     */
    public static OptionalDouble of(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException("embeddings of " + one.length + " and " + other.length + " numbers");
        }
        double product = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            ones += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        double cosine = product / (Math.sqrt(ones) * Math.sqrt(others));
        return Double.isNaN(cosine) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(-1, Math.min(1, cosine)));
    }
}

package io.blemish.clip;

import java.util.List;

/** Vectors of length 1, whose dot product is the cosine of the angle between them. */
public final class UnitVectors {
    private UnitVectors() {}

    /** The vector divided by its length. */
    public static float[] unit(float[] vector) {
        return unit(widened(vector));
    }

    /** The unit vector in the direction of the mean of the vectors' directions. */
    public static float[] mean(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("No vectors have no mean");
        }

        double[] sum = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            double length = length(widened(vector));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i] / length;
            }
        }

        return unit(sum);
    }

    private static float[] unit(double[] vector) {
        double length = length(vector);
        if (!(length > 0 && Double.isFinite(length))) {
            throw new IllegalArgumentException("A vector of length " + length + " has no direction");
        }

        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }

        return unit;
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }

        return Math.sqrt(squares);
    }

    private static double[] widened(float[] vector) {
        double[] wide = new double[vector.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = vector[i];
        }

        return wide;
    }
}

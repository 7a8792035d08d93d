package io.blemish.clip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The embeddings of all descriptions, unit vectors, in the memory from which the vision tower reads them.
 *
 * <p>It is to be made once for a knowledge base, not once for a batch: on the CPU no forward copies it.
 */
public final class DescriptionMatrix {
    private static final double TOLERANCE = 1e-3;

    private final int descriptions;
    private final int width;
    private final ByteBuffer data;

    /**
     * Copies the vectors.
     *
     * @param units at least one vector, all of one width and of length 1
     */
    public DescriptionMatrix(float[][] units) {
        if (units.length == 0) {
            throw new IllegalArgumentException("There are no descriptions");
        }

        this.descriptions = units.length;
        this.width = units[0].length;
        this.data = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(descriptions, width), Float.BYTES))
                .order(ByteOrder.nativeOrder());
        FloatBuffer floats = data.asFloatBuffer();
        for (float[] unit : units) {
            requireUnit(unit);
            floats.put(unit);
        }
    }

    /** Number of descriptions. */
    public int descriptions() {
        return descriptions;
    }

    /** Width of an embedding. */
    public int width() {
        return width;
    }

    /** The vectors, row-major, position 0. */
    ByteBuffer data() {
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    private void requireUnit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (vector.length != width || !(Math.abs(squares - 1) < TOLERANCE)) {
            throw new IllegalArgumentException("A description's embedding of width " + vector.length + " has length "
                    + Math.sqrt(squares) + " instead of width " + width + " and length 1");
        }
    }
}

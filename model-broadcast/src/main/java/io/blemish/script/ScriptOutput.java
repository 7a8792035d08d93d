package io.blemish.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.blemish.error.InternalException;
import java.util.Arrays;

/** A tensor that a script has returned, copied out of native memory: float32 or int64. */
public final class ScriptOutput {
    private final long[] shape;
    private final float[] floats;
    private final long[] longs;

    private ScriptOutput(long[] shape, float[] floats, long[] longs) {
        this.shape = shape;
        this.floats = floats;
        this.longs = longs;
    }

    static ScriptOutput of(NDArray array) {
        long[] shape = array.getShape().getShape();
        DataType type = array.getDataType();
        if (type == DataType.FLOAT32) {
            return new ScriptOutput(shape, array.toFloatArray(), new long[0]);
        }
        if (type == DataType.INT64) {
            return new ScriptOutput(shape, new float[0], array.toLongArray());
        }

        throw new InternalException("A script returned a tensor of " + type + "; float32 and int64 are expected");
    }

    static ScriptOutput of(long[] values) {
        return new ScriptOutput(new long[] {values.length}, new float[0], values);
    }

    /** All integers, row-major. */
    public long[] longs() {
        return longs;
    }

    /** All floats, row-major. */
    public float[] floats() {
        return floats;
    }

    /** The first rows of a matrix of floats. */
    public float[][] floatRows(int rows) {
        int width = (int) shape[1];
        float[][] matrix = new float[rows][];
        for (int row = 0; row < rows; row++) {
            matrix[row] = Arrays.copyOfRange(floats, row * width, (row + 1) * width);
        }

        return matrix;
    }

    /** The first rows of a matrix of integers that fit an int. */
    public int[][] intRows(int rows) {
        int width = (int) shape[1];
        int[][] matrix = new int[rows][width];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < width; column++) {
                matrix[row][column] = Math.toIntExact(longs[row * width + column]);
            }
        }

        return matrix;
    }

    /** The first slices of a cube of floats. */
    public float[][][] floatSlices(int slices) {
        int rows = (int) shape[1];
        int width = (int) shape[2];
        float[][][] cube = new float[slices][rows][];
        for (int slice = 0; slice < slices; slice++) {
            for (int row = 0; row < rows; row++) {
                int from = (slice * rows + row) * width;
                cube[slice][row] = Arrays.copyOfRange(floats, from, from + width);
            }
        }

        return cube;
    }
}

package io.blemish.metrics;

import io.blemish.explain.Bilinear;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A heat map over the crop: one value a cell.
 *
 * @param rows of cells, at least 1
 * @param cols of cells, at least 1
 * @param values {@code rows × cols} finite values by rows; not copied
 */
public record Grid(int rows, int cols, float[] values) {
    /** Checks that the values fill the grid and that each is finite. */
    public Grid {
        if (rows < 1 || cols < 1 || rows * cols != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill a grid of " + rows + " x " + cols);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a heat map contains " + value);
            }
        }
    }

    /** The values in the pixels of a square crop, bilinear between the centres of the cells. */
    public float[] resized(int side) {
        return rows == side && cols == side ? values : Bilinear.resize(values, rows, cols, side, side);
    }

    /** The cell with the largest value, the first of equals; −1 when all are equal. */
    int peak() {
        int best = 0;
        boolean flat = true;
        for (int i = 1; i < values.length; i++) {
            flat &= values[i] == values[0];
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return flat ? -1 : best;
    }

    /** The cells from the largest value to the smallest, equal ones in their order. */
    public int[] descending() {
        Integer[] cells = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(cells, (a, b) -> Float.compare(values[b], values[a]));
        return Arrays.stream(cells).mapToInt(Integer::intValue).toArray();
    }
}

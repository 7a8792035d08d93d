package io.blemish.explain;

/**
 * Bilinear interpolation of grids at the crossings of fixed columns and rows. A grid's value sits at the centre of its
 * cell, and beyond the centres of the outermost cells the grid is constant.
 */
final class GridSampler {
    private final int cols;
    private final Axis horizontal;
    private final Axis vertical;

    /**
     * @param rows of the grids
     * @param cols of the grids
     * @param x of each column in cells: 0 is the centre of the leftmost cell
     * @param y of each row in cells
     */
    GridSampler(int rows, int cols, double[] x, double[] y) {
        this.cols = cols;
        this.horizontal = Axis.of(x, cols);
        this.vertical = Axis.of(y, rows);
    }

    /**
     * Where the centres of pixels fall on a grid, in cells.
     *
     * @param pixels how many, the first one from 0 to 1
     * @param from the grid's edge before its first cell, in pixels
     * @param extent of the grid in pixels
     * @param cells of the grid
     */
    static double[] centres(int pixels, double from, double extent, int cells) {
        double[] positions = new double[pixels];
        for (int i = 0; i < pixels; i++) {
            positions[i] = (i + 0.5 - from) * cells / extent - 0.5;
        }
        return positions;
    }

    /** The value of a grid at the given column and row. */
    float at(float[] grid, int column, int row) {
        int upper = vertical.before[row] * cols;
        int lower = vertical.after[row] * cols;
        int left = horizontal.before[column];
        int right = horizontal.after[column];
        float across = horizontal.weight[column];
        float down = vertical.weight[row];
        float top = grid[upper + left] * (1 - across) + grid[upper + right] * across;
        float bottom = grid[lower + left] * (1 - across) + grid[lower + right] * across;
        return top * (1 - down) + bottom * down;
    }

    /** The two cells that each position lies between, and the share of the second. */
    private record Axis(int[] before, int[] after, float[] weight) {
        static Axis of(double[] positions, int cells) {
            int[] before = new int[positions.length];
            int[] after = new int[positions.length];
            float[] weight = new float[positions.length];
            for (int i = 0; i < positions.length; i++) {
                double position = Math.max(0, Math.min(cells - 1, positions[i]));
                before[i] = (int) position;
                after[i] = Math.min(before[i] + 1, cells - 1);
                weight[i] = (float) (position - before[i]);
            }
            return new Axis(before, after, weight);
        }
    }
}

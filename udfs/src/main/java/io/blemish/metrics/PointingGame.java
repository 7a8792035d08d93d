package io.blemish.metrics;

/** Whether a heat map peaks where the mask is. A flat map has no peak and never does. */
public final class PointingGame {
    private PointingGame() {}

    /** Whether the centre of the cell with the largest value, the first of equals, lies in the mask. */
    public static boolean hit(Grid grid, CropMask mask) {
        return near(grid, mask, 0);
    }

    /**
     * Whether a pixel of the mask lies no further from there than the tolerance.
     *
     * @param tolerance in pixels of the crop, between the centres of pixels
     */
    public static boolean near(Grid grid, CropMask mask, double tolerance) {
        int peak = grid.peak();
        if (peak < 0) {
            return false;
        }
        int row = peak / grid.cols();
        int col = peak % grid.cols();
        // A centre on the border of two pixels counts to the right and lower one.
        int x = (int) ((col + 0.5) * mask.side() / grid.cols());
        int y = (int) ((row + 0.5) * mask.side() / grid.rows());
        int reach = (int) tolerance;
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                if (dx * dx + dy * dy <= tolerance * tolerance && mask.at(x + dx, y + dy)) {
                    return true;
                }
            }
        }
        return false;
    }
}

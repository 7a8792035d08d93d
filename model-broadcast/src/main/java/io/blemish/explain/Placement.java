package io.blemish.explain;

import io.blemish.image.Region;

/**
 * A photograph scaled to a tile, and which of its pixels the model saw.
 *
 * @param width of the scaled photograph
 * @param height of the scaled photograph
 * @param seen the crop in pixels of the scaled photograph
 */
record Placement(int width, int height, Region seen) {

    /** A photograph whose longer side gets the given number of pixels; the shorter one gets at least one. */
    static Placement of(View view, int longerSide) {
        int longer = Math.max(view.width(), view.height());
        int width = Math.max(1, (int) Math.round((double) longerSide * view.width() / longer));
        int height = Math.max(1, (int) Math.round((double) longerSide * view.height() / longer));
        Region crop = view.seen();
        double horizontal = (double) width / view.width();
        double vertical = (double) height / view.height();
        Region seen = new Region(
                crop.x() * horizontal, crop.y() * vertical, crop.width() * horizontal, crop.height() * vertical);
        return new Placement(width, height, seen);
    }

    /** The first column whose pixels' centres the model saw. */
    int left() {
        return firstFrom(seen.x(), width);
    }

    /** The column after the last one that the model saw. */
    int right() {
        return firstFrom(seen.x() + seen.width(), width);
    }

    /** The first row whose pixels' centres the model saw. */
    int top() {
        return firstFrom(seen.y(), height);
    }

    /** The row after the last one that the model saw. */
    int bottom() {
        return firstFrom(seen.y() + seen.height(), height);
    }

    boolean sees(int x, int y) {
        return x >= left() && x < right() && y >= top() && y < bottom();
    }

    boolean seesAll() {
        return left() == 0 && top() == 0 && right() == width && bottom() == height;
    }

    /** Samples grids that cover the crop at every pixel of the scaled photograph. */
    GridSampler sampler(int rows, int cols) {
        return new GridSampler(
                rows,
                cols,
                GridSampler.centres(width, seen.x(), seen.width(), cols),
                GridSampler.centres(height, seen.y(), seen.height(), rows));
    }

    private static int firstFrom(double edge, int pixels) {
        return Math.max(0, Math.min(pixels, (int) Math.ceil(edge - 0.5)));
    }
}

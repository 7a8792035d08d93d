package io.blemish.image;

/**
 * A rectangle in pixels of the source photograph; a pixel's edges are whole numbers, its centre lies half-way.
 *
 * @param x left edge
 * @param y upper edge
 * @param width extent to the right
 * @param height extent downwards
 */
public record Region(double x, double y, double width, double height) {
    /**
     * One cell of a grid laid over the rectangle.
     *
     * @param row from the top, below {@code rows}
     * @param column from the left, below {@code columns}
     */
    public Region cell(int row, int column, int rows, int columns) {
        return new Region(x + column * width / columns, y + row * height / rows, width / columns, height / rows);
    }
}

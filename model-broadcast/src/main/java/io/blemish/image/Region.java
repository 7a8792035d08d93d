package io.blemish.image;

/**
 * A rectangle in pixels of the source photograph; a pixel's edges are whole numbers, its centre lies half-way.
 *
 * @param x left edge
 * @param y upper edge
 * @param width extent to the right
 * @param height extent downwards
 */
public record Region(double x, double y, double width, double height) {}

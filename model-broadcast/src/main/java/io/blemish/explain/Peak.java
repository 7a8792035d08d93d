package io.blemish.explain;

/**
 * Where a heat map is largest, in pixels of the upright photograph; the upper left corner of the photograph is (0, 0).
 *
 * @param x from the left
 * @param y from the top
 */
public record Peak(double x, double y) {}

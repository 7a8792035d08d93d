package io.blemish.samples;

/**
 * Where a fruit lies on the photograph.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 * @param radius pixels that one unit of its shape takes
 * @param turn radians, clockwise; 0 has the stem up
 */
record Pose(float x, float y, float radius, float turn) {}

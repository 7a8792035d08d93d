package io.blemish.samples;

/**
 * Where a defect is painted.
 *
 * @param u its middle on the skin
 * @param v its middle on the skin
 * @param radius of a disc with its area, along the skin
 * @param size 0, as small as this defect gets, to 1, as large
 * @param owner the number that its pixels are marked with
 */
record Patch(float u, float v, float radius, float size, byte owner) {}

package io.blemish.samples;

/**
 * The body of a fruit, seen along one axis; in units of its radius, the stem up (negative y).
 */
interface Shape {
    /** The square of the surface's height above the plane of the outline: 0 on the outline, negative outside of it. */
    float height(float x, float y);

    /** Half its width. */
    float halfWidth();

    /** Half its height. */
    float halfHeight();
}

package io.blemish.clip;

/**
 * Pictures as the vision tower takes them.
 *
 * @param pixels one picture after the other, each its red, green and blue plane by rows, 0 to 255 unsigned; what follows the last
 *     picture is ignored; not copied
 * @param images how many pictures, at least 1
 * @param side of each in pixels
 */
public record PixelBatch(byte[] pixels, int images, int side) {
    /** Checks that the pictures are all there. */
    public PixelBatch {
        if (images < 1 || side < 1 || (long) images * 3 * side * side > pixels.length) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes do not hold " + images + " pictures of side " + side);
        }
    }

    /** Bytes that the pictures take. */
    int bytes() {
        return images * 3 * side * side;
    }
}

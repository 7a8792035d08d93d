package io.blemish.image;

/**
 * Where the square that the model sees lies in the photograph: the shorter side is resized to {@code side}, the longer
 * one in proportion (truncated), and the centre is cropped.
 *
 * @param sourceWidth of the whole photograph, upright
 * @param sourceHeight of the whole photograph, upright
 * @param resizedWidth after resizing, at least {@code side}
 * @param resizedHeight after resizing, at least {@code side}
 * @param left columns of the resized picture to the left of the crop
 * @param top rows of the resized picture above the crop
 * @param side of the crop, in pixels of the resized picture
 */
public record CropGeometry(
        int sourceWidth, int sourceHeight, int resizedWidth, int resizedHeight, int left, int top, int side) {

    /** The geometry of a photograph of the given size. */
    public static CropGeometry of(int sourceWidth, int sourceHeight, int side, CropRounding rounding) {
        if (sourceWidth < 1 || sourceHeight < 1 || side < 1) {
            throw new IllegalArgumentException("no crop of " + side + " from " + sourceWidth + " x " + sourceHeight);
        }

        int shorter = Math.min(sourceWidth, sourceHeight);
        int width = Math.toIntExact((long) side * sourceWidth / shorter);
        int height = Math.toIntExact((long) side * sourceHeight / shorter);
        return new CropGeometry(
                sourceWidth,
                sourceHeight,
                width,
                height,
                rounding.offset(width - side),
                rounding.offset(height - side),
                side);
    }

    /** What the model sees, in pixels of the photograph. */
    public Region region() {
        double horizontal = (double) sourceWidth / resizedWidth;
        double vertical = (double) sourceHeight / resizedHeight;
        return new Region(left * horizontal, top * vertical, side * horizontal, side * vertical);
    }
}

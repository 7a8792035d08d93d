package io.blemish.image;

/** Turns and mirrors a stored picture as its EXIF orientation asks. */
final class Upright {
    private Upright() {}

    /** Whether the orientation exchanges width and height. */
    static boolean swapsSides(int orientation) {
        return orientation >= 5;
    }

    /**
     * The picture as it was meant to be seen.
     *
     * @param orientation 1 as stored, 2 mirrored, 3 upside down, 4 upside down and mirrored, 5 transposed, 6 to be
     *     turned clockwise, 7 transposed across the other diagonal, 8 to be turned counter-clockwise
     */
    static RgbImage turn(RgbImage stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }

        boolean swaps = swapsSides(orientation);
        int width = swaps ? stored.height() : stored.width();
        int height = swaps ? stored.width() : stored.height();
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int columnStep = fromRight ? -3 : 3;
        int rowStep = fromBottom ? -3 * stored.width() : 3 * stored.width();
        int start = (fromRight ? 3 * (stored.width() - 1) : 0)
                + (fromBottom ? 3 * stored.width() * (stored.height() - 1) : 0);
        byte[] rgb = new byte[stored.rgb().length];
        int to = 0;
        for (int y = 0; y < height; y++) {
            int from = start + y * (swaps ? columnStep : rowStep);
            for (int x = 0; x < width; x++, from += swaps ? rowStep : columnStep, to += 3) {
                System.arraycopy(stored.rgb(), from, rgb, to, 3);
            }
        }

        return new RgbImage(width, height, rgb);
    }
}

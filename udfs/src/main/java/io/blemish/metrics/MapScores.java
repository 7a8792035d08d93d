package io.blemish.metrics;

/**
 * A heat map held against a mask.
 *
 * <p>The map is the grid that the model made, bilinear between the centres of its cells and as the method gives it, not
 * stretched to [0, 1]: a method that spreads its relevance is measured as such.
 *
 * @param hit whether the centre of the cell with the largest value, the first of equals, lies in the mask; false for a
 *     flat map, which points nowhere
 * @param near whether the mask comes within {@link #TOLERANCE} of it, at a crop of 224 pixels
 * @param energy the share of the map's sum that lies in the mask, negative values counting as none; 0 for a map that is
 *     nowhere positive
 * @param iouHalf intersection over union of the mask and the pixels of at least half the largest value; 0 for a map
 *     that is nowhere positive
 * @param iouBest the same at the threshold that suits the mask best
 * @param auroc the probability that a pixel of the mask has a higher value than one outside; NaN when the mask fills
 *     the crop
 */
public record MapScores(boolean hit, boolean near, double energy, double iouHalf, double iouBest, double auroc) {
    /** Pixels around the peak that the original pointing game forgives, at a crop of 224. */
    public static final double TOLERANCE = 15;

    private static final double TOLERANCE_SIDE = 224;

    /** Measures a map against a mask. */
    public static MapScores of(Grid grid, CropMask mask) {
        float[] pixels = grid.resized(mask.side());
        RankedPixels ranked = new RankedPixels(pixels, mask);
        return new MapScores(
                PointingGame.hit(grid, mask),
                PointingGame.near(grid, mask, TOLERANCE * mask.side() / TOLERANCE_SIDE),
                energy(pixels, mask),
                iou(pixels, mask, 0.5),
                ranked.bestIou(),
                ranked.auroc());
    }

    /** The share of the sum of positive values that lies in the mask. */
    static double energy(float[] pixels, CropMask mask) {
        double inside = 0;
        double all = 0;
        for (int i = 0; i < pixels.length; i++) {
            double value = Math.max(0, pixels[i]);
            all += value;
            inside += mask.inside()[i] ? value : 0;
        }
        return all == 0 ? 0 : inside / all;
    }

    /** Intersection over union of the mask and the pixels of at least that share of the largest value. */
    static double iou(float[] pixels, CropMask mask, double share) {
        float most = 0;
        for (float value : pixels) {
            most = Math.max(most, value);
        }
        if (most == 0) {
            return 0;
        }
        long hit = 0;
        long chosen = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >= share * most) {
                chosen++;
                hit += mask.inside()[i] ? 1 : 0;
            }
        }
        return (double) hit / (chosen + mask.pixels() - hit);
    }
}

package io.blemish.metrics;

import io.blemish.image.Region;

/**
 * The part of a mask that the model saw, in the pixels of its crop.
 *
 * @param side of the crop in pixels
 * @param inside {@code side × side} pixels by rows: whether each belongs to the mask; not copied
 * @param pixels how many do, at least 1
 */
public record CropMask(int side, boolean[] inside, int pixels) {
    /** A pixel belongs to the mask when at least so much of it is covered. */
    private static final double COVERED = 0.5;

    /** Checks the size, and that the mask is not empty. */
    public CropMask {
        if (inside.length != side * side || pixels < 1 || pixels > inside.length) {
            throw new IllegalArgumentException(pixels + " of " + inside.length + " pixels at a side of " + side);
        }
    }

    /** The mask of given pixels. */
    public static CropMask of(int side, boolean[] inside) {
        int pixels = 0;
        for (boolean pixel : inside) {
            pixels += pixel ? 1 : 0;
        }
        return new CropMask(side, inside, pixels);
    }

    /**
     * How much of each pixel of the crop a mask covers, by area.
     *
     * @param region the crop in pixels of the mask; what lies outside of it is dropped
     * @return {@code side × side} shares by rows, in [0, 1]
     */
    public static float[] coverage(Mask mask, Region region, int side) {
        Overlaps columns =
                new Overlaps(region.x(), region.width(), side, mask.picture().width());
        Overlaps rows =
                new Overlaps(region.y(), region.height(), side, mask.picture().height());
        float[] coverage = new float[side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double covered = 0;
                for (int y = rows.first(row); y < rows.end(row); y++) {
                    double height = rows.share(row, y);
                    for (int x = columns.first(column); x < columns.end(column); x++) {
                        covered += mask.at(x, y) ? height * columns.share(column, x) : 0;
                    }
                }
                coverage[row * side + column] = (float) Math.min(1, covered);
            }
        }
        return coverage;
    }

    /**
     * The pixels that are covered by half or more. Of a mask so thin that it covers no pixel by half, those count that
     * are covered at least half as much as the most covered one: a scratch does not vanish because the crop is coarse.
     *
     * @param coverage as {@link #coverage} gives it, not all zero
     */
    public static CropMask of(int side, float[] coverage) {
        float most = 0;
        for (float share : coverage) {
            most = Math.max(most, share);
        }
        double threshold = most >= COVERED ? COVERED : most / 2;
        boolean[] inside = new boolean[coverage.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = coverage[i] > 0 && coverage[i] >= threshold;
        }
        return of(side, inside);
    }

    /** The share of the crop that the mask takes. */
    public double share() {
        return (double) pixels / inside.length;
    }

    boolean at(int x, int y) {
        return x >= 0 && y >= 0 && x < side && y < side && inside[y * side + x];
    }

    /** How the pixels of the source divide one axis of the crop's pixels among them. */
    private record Overlaps(double from, double extent, int cells, int length) {
        private double edge(int cell) {
            return from + cell * extent / cells;
        }

        int first(int cell) {
            return Math.max(0, (int) Math.floor(edge(cell)));
        }

        int end(int cell) {
            return Math.min(length, (int) Math.ceil(edge(cell + 1)));
        }

        /** How much of the cell the source's pixel takes. */
        double share(int cell, int pixel) {
            double overlap = Math.min(pixel + 1, edge(cell + 1)) - Math.max(pixel, edge(cell));
            return Math.max(0, overlap) * cells / extent;
        }
    }
}

package io.blemish.explain;

import java.util.Optional;

/** Paints one heat map over the part of the photograph that the model saw. */
final class HeatLayer {
    private static final double CLIPCAP_XAI_BLEND = 0.5;
    /** The share of the opacity that stays where relevance is 0: a veil, against which the warm places stand out. */
    private static final double VEIL = 0.3;
    /** Width of the dark line that the contour lies in, in widths of the contour. */
    private static final double HALO = 3;

    private final Canvas canvas;
    private final int offset;
    private final Placement placement;
    private final HeatMap map;
    private final GridSampler sampler;

    /** @param offset of the photograph from the canvas's left edge */
    HeatLayer(Canvas canvas, int offset, Placement placement, HeatMap map) {
        this.canvas = canvas;
        this.offset = offset;
        this.placement = placement;
        this.map = map;
        this.sampler = placement.sampler(map.rows(), map.cols());
    }

    /** The map in the style's colours, the more opaque the more relevant, with its contour. */
    void paint(TileStyle style, int line) {
        float[] grid = map.normalised();
        double opacity = style.opacity();
        for (int y = placement.top(); y < placement.bottom(); y++) {
            for (int x = placement.left(); x < placement.right(); x++) {
                double relevance = sampler.at(grid, x, y);
                canvas.blend(offset + x, y, style.colours().rgb(relevance), opacity * (VEIL + (1 - VEIL) * relevance));
            }
        }
        if (style.contour() > 0) {
            contour(grid, style.contour(), line);
        }
    }

    /**
     * The map as CLIPCap-XAI draws it: jet on the coarse grid, the colours resized bilinearly and mixed with the
     * photograph half and half, truncated to 8 bits. Unlike there, the map covers the crop and not the whole
     * photograph.
     */
    void paintClipCapXai() {
        float[] grid = map.normalised();
        float[][] channels = new float[3][grid.length];
        for (int i = 0; i < grid.length; i++) {
            int colour = ColourMap.JET.rgb(grid[i]);
            for (int channel = 0; channel < 3; channel++) {
                channels[channel][i] = colour >> (16 - 8 * channel) & 255;
            }
        }
        for (int y = placement.top(); y < placement.bottom(); y++) {
            for (int x = placement.left(); x < placement.right(); x++) {
                int photograph = canvas.get(offset + x, y);
                int mixed = 0;
                for (int channel = 0; channel < 3; channel++) {
                    int below = photograph >> (16 - 8 * channel) & 255;
                    int above = Math.round(sampler.at(channels[channel], x, y));
                    mixed = mixed << 8 | (int) (below + CLIPCAP_XAI_BLEND * (above - below));
                }
                canvas.set(offset + x, y, mixed);
            }
        }
    }

    /** A ring around the peak, if there is one. */
    void mark(View view, int line) {
        Optional<Peak> peak = map.peak(view.seen());
        if (peak.isEmpty()) {
            return;
        }

        double x = offset + peak.get().x() * placement.width() / view.width();
        double y = peak.get().y() * placement.height() / view.height();
        canvas.ring(x, y, 6.0 * line, 4.5 * line, 0x000000, 0.6);
        canvas.ring(x, y, 6.0 * line, 2.0 * line, 0xFFFFFF, 1);
        canvas.ring(x, y, 0.5 * line, line, 0x000000, 0.6);
    }

    /** A white line in a dark one where the map crosses the level. */
    private void contour(float[] grid, double level, int line) {
        float[] field = field(grid);
        int width = placement.width();
        double reach = HALO * line / 2 + 0.5;
        for (int y = placement.top(); y < placement.bottom(); y++) {
            int upper = Math.max(y - 1, 0);
            int lower = Math.min(y + 1, placement.height() - 1);
            for (int x = placement.left(); x < placement.right(); x++) {
                int left = Math.max(x - 1, 0);
                int right = Math.min(x + 1, width - 1);
                double across = (field[y * width + right] - field[y * width + left]) / Math.max(1, right - left);
                double down = (field[lower * width + x] - field[upper * width + x]) / Math.max(1, lower - upper);
                double slope = across * across + down * down;
                double height = field[y * width + x] - level;
                if (height * height < reach * reach * slope) {
                    // By the slope here: exact on a plane, close enough within a line's width.
                    double distance = Math.abs(height) / Math.sqrt(slope);
                    canvas.blend(offset + x, y, 0x000000, 0.45 * Canvas.coverage(HALO * line, distance));
                    canvas.blend(offset + x, y, 0xFFFFFF, 0.9 * Canvas.coverage(line, distance));
                }
            }
        }
    }

    /** The map at every pixel of the photograph, by rows. */
    private float[] field(float[] grid) {
        float[] field = new float[placement.width() * placement.height()];
        for (int y = 0; y < placement.height(); y++) {
            for (int x = 0; x < placement.width(); x++) {
                field[y * placement.width() + x] = sampler.at(grid, x, y);
            }
        }
        return field;
    }
}

package io.blemish.explain;

import java.util.Arrays;
import java.util.List;

/** Which description wins each pixel of a photograph, and its picture. */
final class WinnerLayer {
    /** In {@link #winners}: no description exceeds the threshold here, or the model did not see the pixel. */
    static final int NOBODY = -1;

    private static final int BADGES_ACROSS = 5;

    private final Placement placement;
    private final int[] winners;
    private final float[] strengths;

    /**
     * Gives each pixel to the description with the largest normalised value above the threshold, the earlier one of
     * equals.
     *
     * @param maps by rank
     */
    WinnerLayer(Placement placement, List<HeatMap> maps, double threshold) {
        this.placement = placement;
        this.winners = new int[placement.width() * placement.height()];
        this.strengths = new float[winners.length];
        Arrays.fill(winners, NOBODY);
        Arrays.fill(strengths, (float) threshold);
        for (int rank = 0; rank < maps.size(); rank++) {
            contend(rank, maps.get(rank));
        }
    }

    /** The index of the winning map at each pixel of the scaled photograph, by rows, or {@link #NOBODY}. */
    int[] winners() {
        return winners.clone();
    }

    /** Lays each winner's colour over its pixels. */
    void paint(Canvas canvas, int offset, int[] colours, double opacity) {
        for (int i = 0; i < winners.length; i++) {
            if (winners[i] != NOBODY) {
                canvas.blend(offset + i % placement.width(), i / placement.width(), colours[winners[i]], opacity);
            }
        }
    }

    /** Draws each winner's border on its own side, in its colour. */
    void outline(Canvas canvas, int offset, int[] colours, int line) {
        for (int y = placement.top(); y < placement.bottom(); y++) {
            for (int x = placement.left(); x < placement.right(); x++) {
                int winner = winners[y * placement.width() + x];
                if (winner != NOBODY && touchesAnother(winner, x, y, line)) {
                    canvas.set(offset + x, y, colours[winner]);
                }
            }
        }
    }

    /** Puts each winner's number where it is strongest, unless the numbers would hide the crop. */
    void number(Canvas canvas, int offset, int[] colours, int[] ranks, GlyphSheet font) {
        int room = Math.min(placement.right() - placement.left(), placement.bottom() - placement.top());
        if (room < BADGES_ACROSS * Badge.diameter(font)) {
            return;
        }

        for (int winner = 0; winner < colours.length; winner++) {
            int strongest = NOBODY;
            for (int i = 0; i < winners.length; i++) {
                if (winners[i] == winner && (strongest == NOBODY || strengths[i] > strengths[strongest])) {
                    strongest = i;
                }
            }
            if (strongest != NOBODY) {
                int x = offset + strongest % placement.width();
                int y = strongest / placement.width();
                Badge.draw(canvas, x, y, ranks[winner], colours[winner], font);
            }
        }
    }

    private void contend(int rank, HeatMap map) {
        GridSampler sampler = placement.sampler(map.rows(), map.cols());
        float[] grid = map.normalised();
        for (int y = placement.top(); y < placement.bottom(); y++) {
            for (int x = placement.left(); x < placement.right(); x++) {
                float strength = sampler.at(grid, x, y);
                int pixel = y * placement.width() + x;
                if (strength > strengths[pixel]) {
                    strengths[pixel] = strength;
                    winners[pixel] = rank;
                }
            }
        }
    }

    private boolean touchesAnother(int winner, int x, int y, int reach) {
        return differs(winner, x - reach, y)
                || differs(winner, x + reach, y)
                || differs(winner, x, y - reach)
                || differs(winner, x, y + reach);
    }

    /** The edge of the crop is no border: what lies beyond it is unknown. */
    private boolean differs(int winner, int x, int y) {
        return placement.sees(x, y) && winners[y * placement.width() + x] != winner;
    }
}

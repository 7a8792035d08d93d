package io.blemish.explain;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;

/**
 * How tiles look.
 *
 * @param size of the photograph's longer side on the tile, in pixels, 64 to 4096
 * @param opacity of the colour where relevance is 1, in [0, 1]; it falls with relevance, so that the photograph stays
 * readable
 * @param colours of the tile of one description; {@link Method#CLIPCAP_XAI} is always drawn in jet, nothing else ever
 * is
 * @param contour relevance in [0, 1] along which a line is drawn; 0 for no line
 * @param threshold relevance in [0, 1] that a description must exceed to win a pixel of the combined tile
 */
public record TileStyle(int size, double opacity, ColourMap colours, double contour, double threshold) {
    private static final int SMALLEST = 64;
    private static final int LARGEST = 4096;

    /** Checks the ranges. */
    public TileStyle {
        requireNonNull(colours, "colours is null");
        if (colours == ColourMap.JET) {
            throw UserException.cannot(
                    "draw tiles", "the colour map is for CLIPCap-XAI's maps only (jet)", ColourMap.cure());
        }

        if (size < SMALLEST || size > LARGEST) {
            throw UserException.cannot(
                    "draw tiles",
                    "the size is out of range (" + size + ")",
                    "Give the longer side in pixels, " + SMALLEST + " to " + LARGEST);
        }

        requireShare("opacity", opacity);
        requireShare("contour", contour);
        requireShare("threshold", threshold);
    }

    /** 512 pixels, opacity 0.6, magma, a line around half of the peak, threshold 0.5. */
    public static TileStyle defaults() {
        return new TileStyle(512, 0.6, ColourMap.MAGMA, 0.5, 0.5);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw UserException.cannot(
                    "draw tiles", "the " + name + " is out of range (" + value + ")", "Give a number from 0 to 1");
        }
    }
}

package io.blemish.explain;

import java.util.Arrays;

/** Colours that tell descriptions apart on the combined tile. */
public final class Palette {
    /**
     * Okabe and Ito's colours for every kind of colour vision (Color Universal Design, 2008) without black, in an order
     * that keeps neighbouring ranks far apart: vermillion, sky blue, yellow, bluish green, reddish purple, blue,
     * orange.
     */
    private static final int[] OKABE_ITO = {0xD55E00, 0x56B4E9, 0xF0E442, 0x009E73, 0xCC79A7, 0x0072B2, 0xE69F00};

    private Palette() {}

    /** One colour a description; after the seventh they repeat, and only the numbers on the tile tell them apart. */
    public static int[] distinct(int descriptions) {
        int[] colours = new int[descriptions];
        Arrays.setAll(colours, i -> OKABE_ITO[i % OKABE_ITO.length]);
        return colours;
    }

    /** CLIPCap-XAI's colours: jet in equal steps from its dark blue. */
    static int[] clipCapXai(int descriptions) {
        int[] colours = new int[descriptions];
        Arrays.setAll(colours, i -> ColourMap.JET.rgb((double) i / descriptions));
        return colours;
    }
}

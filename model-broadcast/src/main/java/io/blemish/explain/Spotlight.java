package io.blemish.explain;

import java.awt.image.BufferedImage;

/**
 * A heat map as a mask that is laid over the crop which it covers: clear where relevance is highest, dark where it is lowest. A pixel a
 * patch; whoever shows it stretches it smoothly. It needs no colours, and says the same in any kind of colour vision.
 */
public final class Spotlight {
    /** How much the mask hides where relevance is lowest, of 255. */
    private static final int DARKEST = 205;

    private Spotlight() {}

    /** The mask as a PNG of {@code cols × rows} pixels. */
    public static byte[] png(HeatMap map) {
        BufferedImage mask = new BufferedImage(map.cols(), map.rows(), BufferedImage.TYPE_INT_ARGB);
        float[] relevance = map.normalised();
        for (int i = 0; i < relevance.length; i++) {
            int alpha = Math.round(DARKEST * (1 - relevance[i]));
            mask.setRGB(i % map.cols(), i / map.cols(), alpha << 24);
        }
        return Png.encode(mask);
    }
}

package io.blemish.explain;

import io.blemish.image.Bicubic;
import io.blemish.image.RgbImage;

/**
 * The photograph under the heat: scaled, with the part that the model did not see made pale, hatched and fenced off.
 */
final class Backdrop {
    private static final int PALE = 0xB8B8B8;
    private static final int STRIPE = 0xFFFFFF;
    private static final int FENCE = 0x000000;

    private Backdrop() {}

    static RgbImage of(RgbImage photograph, Placement placement, int line) {
        RgbImage scaled = Bicubic.resize(photograph, placement.width(), placement.height());
        if (placement.seesAll()) {
            return scaled;
        }

        Canvas canvas = new Canvas(placement.width(), placement.height(), PALE);
        canvas.draw(scaled, 0, 0);
        for (int y = 0; y < placement.height(); y++) {
            for (int x = 0; x < placement.width(); x++) {
                if (!placement.sees(x, y)) {
                    canvas.set(x, y, unseen(canvas.get(x, y), x, y, line));
                }
            }
        }
        fence(canvas, placement, line);
        return canvas.image();
    }

    /** One pixel of the unseen part. Stripes run at 45 degrees, eight lines apart. */
    static int unseen(int colour, int x, int y, int line) {
        int grey = Canvas.luma(colour) * 0x010101;
        int pale = Canvas.mix(grey, PALE, 0.4);
        return (x + y) / line % 8 < 2 ? Canvas.mix(pale, STRIPE, 0.5) : pale;
    }

    /** A dark line around the crop, just outside it, so that it hides nothing that the model saw. */
    private static void fence(Canvas canvas, Placement placement, int line) {
        for (int y = placement.top() - line; y < placement.bottom() + line; y++) {
            for (int x = placement.left() - line; x < placement.right() + line; x++) {
                if (!placement.sees(x, y)) {
                    canvas.set(x, y, FENCE);
                }
            }
        }
    }
}

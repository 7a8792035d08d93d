package io.blemish.explain;

/** A rank in a disc of its description's colour: on the photograph, and beside the description in the legend. */
final class Badge {
    private static final int DARK = 0x000000;
    private static final int LIGHT = 0xFFFFFF;

    private Badge() {}

    /** The disc's diameter in pixels. */
    static int diameter(GlyphSheet font) {
        return font.lineHeight() + 1;
    }

    /** Draws the badge with its centre at the given place. */
    static void draw(Canvas canvas, double centreX, double centreY, int rank, int colour, GlyphSheet font) {
        double radius = diameter(font) / 2.0;
        canvas.ring(centreX, centreY, radius / 2, radius, colour, 1);
        canvas.ring(centreX, centreY, radius - 0.5, 1.5, DARK, 0.8);
        String number = Integer.toString(rank);
        int ink = Canvas.luma(colour) > 110 ? DARK : LIGHT;
        int left = (int) Math.round(centreX - font.width(number) / 2.0);
        font.draw(canvas, number, left, (int) Math.round(centreY + 0.38 * font.ascent()), ink);
    }
}

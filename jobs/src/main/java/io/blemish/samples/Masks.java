package io.blemish.samples;

/** Reads from a surface where a defect shows on the photograph. */
final class Masks {
    private Masks() {}

    /** Sets the mask to 255 where it shows, and counts those pixels. */
    static int fill(byte[] mask, Surface surface, Canvas canvas, byte owner) {
        int count = 0;
        for (int row = 0; row < surface.height(); row++) {
            int y = row + surface.top();
            for (int column = 0; column < surface.width(); column++) {
                int x = column + surface.left();
                int i = row * surface.width() + column;
                if (surface.owner[i] == owner
                        && surface.alpha[i] > 0.5f
                        && x >= 0
                        && y >= 0
                        && x < canvas.width()
                        && y < canvas.height()) {
                    mask[y * canvas.width() + x] = (byte) 255;
                    count++;
                }
            }
        }
        return count;
    }
}

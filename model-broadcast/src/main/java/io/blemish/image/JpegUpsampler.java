package io.blemish.image;

/**
 * The rows of one component at the picture's width. Halved components are interpolated as libjpeg's {@code jdsample.c}
 * does: three quarters of the nearer sample, one quarter of the farther one, with its alternating rounding.
 */
final class JpegUpsampler {
    private final JpegComponent component;
    private final boolean wide;
    private final boolean tall;
    private final boolean smooth;
    private final byte[] row;
    private final int[] sums;
    private int from;

    JpegUpsampler(JpegComponent component, int width, int height, boolean smooth) throws IrregularJpegException {
        this.component = component;
        wide = component.width() != width;
        tall = component.height() != height;
        this.smooth = smooth && component.width() > 2;
        boolean halved =
                (!wide || component.width() == (width + 1) / 2) && (!tall || component.height() == (height + 1) / 2);
        if (!halved || (tall && !wide)) {
            throw new IrregularJpegException("a component is sampled in a rare way");
        }
        row = new byte[wide ? 2 * component.width() : 0];
        sums = new int[wide ? component.width() : 0];
    }

    /** Where the current row starts among {@link #samples()}. */
    int from() {
        return from;
    }

    byte[] samples() {
        return wide ? row : component.samples();
    }

    /** Makes the given row of the picture the current one. */
    void row(int y) {
        if (!wide) {
            from = y * component.stride();
        } else if (!smooth) {
            repeat(tall ? y / 2 : y);
        } else if (tall) {
            interpolateBoth(y);
        } else {
            interpolateAcross(y);
        }
    }

    private void repeat(int y) {
        int start = y * component.stride();
        for (int x = 0; x < row.length; x++) {
            row[x] = component.samples()[start + x / 2];
        }
    }

    private void interpolateAcross(int y) {
        byte[] samples = component.samples();
        int start = y * component.stride();
        int last = component.width() - 1;
        for (int x = 1; x < last; x++) {
            int three = 3 * (samples[start + x] & 0xff);
            row[2 * x] = (byte) ((three + (samples[start + x - 1] & 0xff) + 1) >> 2);
            row[2 * x + 1] = (byte) ((three + (samples[start + x + 1] & 0xff) + 2) >> 2);
        }
        row[0] = samples[start];
        row[1] = (byte) ((3 * (samples[start] & 0xff) + (samples[start + 1] & 0xff) + 2) >> 2);
        row[2 * last] = (byte) ((3 * (samples[start + last] & 0xff) + (samples[start + last - 1] & 0xff) + 1) >> 2);
        row[2 * last + 1] = samples[start + last];
    }

    private void interpolateBoth(int y) {
        byte[] samples = component.samples();
        int near = y / 2 * component.stride();
        int farther = Math.max(0, Math.min(component.height() - 1, y / 2 + (y % 2 == 0 ? -1 : 1)));
        int far = farther * component.stride();
        for (int x = 0; x < sums.length; x++) {
            sums[x] = 3 * (samples[near + x] & 0xff) + (samples[far + x] & 0xff);
        }
        int last = sums.length - 1;
        for (int x = 1; x < last; x++) {
            int three = 3 * sums[x];
            row[2 * x] = (byte) ((three + sums[x - 1] + 8) >> 4);
            row[2 * x + 1] = (byte) ((three + sums[x + 1] + 7) >> 4);
        }
        row[0] = (byte) ((4 * sums[0] + 8) >> 4);
        row[1] = (byte) ((3 * sums[0] + sums[1] + 7) >> 4);
        row[2 * last] = (byte) ((3 * sums[last] + sums[last - 1] + 8) >> 4);
        row[2 * last + 1] = (byte) ((4 * sums[last] + 7) >> 4);
    }
}

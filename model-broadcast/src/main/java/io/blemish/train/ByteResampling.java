package io.blemish.train;

/**
 * One axis of a bilinear resampling: for each target pixel the source pixel before it and how far it lies towards the
 * next, in 256ths.
 *
 * <p>For the bytes of pictures that are trained on, many times over: whole numbers, a table of tones in the same pass,
 * and axes that may run backwards. {@link io.blemish.explain.Bilinear} resizes grids of floats, to the last digit.
 */
record ByteResampling(int[] index, int[] share) {
    static ByteResampling of(double from, double length, int source, int target, boolean reversed) {
        int[] index = new int[target];
        int[] share = new int[target];
        for (int i = 0; i < target; i++) {
            double centre = from + (i + 0.5) * length / target - 0.5;
            double place = Math.max(0, Math.min(source - 1, centre));
            int before = Math.min((int) place, Math.max(0, source - 2));
            int at = reversed ? target - 1 - i : i;
            index[at] = before;
            share[at] = (int) Math.round((place - before) * 256);
        }
        return new ByteResampling(index, share);
    }

    /** Resamples one plane and sends each value through a table. */
    static void resample(
            byte[] source,
            int sourceOffset,
            int sourceSide,
            byte[] target,
            int targetOffset,
            ByteResampling across,
            ByteResampling down,
            byte[] tones) {
        int side = across.index.length;
        int next = sourceSide > 1 ? 1 : 0;
        for (int y = 0; y < down.index.length; y++) {
            int row = sourceOffset + down.index[y] * sourceSide;
            int below = row + next * sourceSide;
            int v = down.share[y];
            for (int x = 0; x < side; x++) {
                int column = across.index[x];
                int u = across.share[x];
                int upper = (source[row + column] & 255) * (256 - u) + (source[row + column + next] & 255) * u;
                int lower = (source[below + column] & 255) * (256 - u) + (source[below + column + next] & 255) * u;
                int value = (upper * (256 - v) + lower * v + (1 << 15)) >> 16;
                target[targetOffset + y * side + x] = tones[value];
            }
        }
    }
}

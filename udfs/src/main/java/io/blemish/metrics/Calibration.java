package io.blemish.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well probabilities foretell what comes true: predictions in 15 bins of equal width by their probability (Guo et
 * al. 2017, arXiv 1706.04599).
 *
 * @param bins {@link #BINS} of them, in order
 */
public record Calibration(List<Bin> bins) {
    /** How many bins [0, 1] is cut into. */
    public static final int BINS = 15;

    /**
     * The predictions of one bin.
     *
     * @param n how many
     * @param probabilities their sum
     * @param right how many came true
     */
    public record Bin(long n, double probabilities, long right) {
        /** A bin with no prediction in it. */
        public static Bin empty() {
            return new Bin(0, 0, 0);
        }

        /** The share that came true, with Wilson's interval. */
        public Estimate observed() {
            return Estimate.share(right, n);
        }

        /** The mean probability. */
        public Estimate expected() {
            return n == 0 ? Estimate.nothing() : Estimate.bare(probabilities / n, n);
        }
    }

    /** Checks that every bin is there. */
    public Calibration {
        bins = List.copyOf(bins);
        if (bins.size() != BINS) {
            throw new IllegalArgumentException(bins.size() + " bins instead of " + BINS);
        }
    }

    /** The calibration of predictions at hand. */
    public static Calibration of(double[] probabilities, boolean[] right) {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(Bin.empty());
        }
        for (int i = 0; i < probabilities.length; i++) {
            int at = bin(probabilities[i]);
            Bin bin = bins.get(at);
            bins.set(at, new Bin(bin.n + 1, bin.probabilities + probabilities[i], bin.right + (right[i] ? 1 : 0)));
        }
        return new Calibration(bins);
    }

    /** The bin that a probability belongs to: from its lower edge, which it includes, to its upper; 1 is in the last. */
    public static int bin(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(probability + " is no probability");
        }
        return Math.min(BINS - 1, (int) (probability * BINS));
    }

    /** The edges of a bin in words, such as {@code 0.93-1.00}. */
    public static String range(int bin) {
        return String.format(Locale.ROOT, "%.2f-%.2f", (double) bin / BINS, (bin + 1.0) / BINS);
    }

    /**
     * The expected calibration error: the mean over all predictions of |share that came true − mean probability| of
     * their bin.
     */
    public Estimate error() {
        long n = bins.stream().mapToLong(Bin::n).sum();
        double error = 0;
        for (Bin bin : bins) {
            error += Math.abs(bin.right - bin.probabilities);
        }
        return n == 0 ? Estimate.nothing() : Estimate.bare(error / n, n);
    }
}

package io.blemish.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The counts that BLEU is made of (Papineni et al. 2002), of one caption or of many: counts of many are the sums. The
 * score is that of coco-caption, with its small constants, so that it is equal to what the field reports.
 *
 * <p>A run of words of the caption is correct as often as it occurs in the reference that has it most often. The length
 * that counts as the reference's is the one closest to the caption's, the shorter of two.
 *
 * @param captionLength words of the captions
 * @param referenceLength words of the closest references
 * @param guesses runs of 1 to {@link NGrams#LONGEST} words in the captions
 * @param correct how many of them are correct
 */
public record Bleu(double captionLength, double referenceLength, double[] guesses, double[] correct) {
    private static final double TINY = 1e-15;
    private static final double SMALL = 1e-9;

    /** The counts of no caption. */
    public static Bleu none() {
        return new Bleu(0, 0, new double[NGrams.LONGEST], new double[NGrams.LONGEST]);
    }

    /**
     * The counts of one caption.
     *
     * @param caption its words
     * @param references the words of each reference; at least one
     */
    public static Bleu of(List<String> caption, List<List<String>> references) {
        int length = caption.size();
        int closest = references.stream()
                .map(List::size)
                .min(Comparator.<Integer>comparingInt(size -> Math.abs(size - length))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("no reference"));
        Bleu counts = new Bleu(length, closest, new double[NGrams.LONGEST], new double[NGrams.LONGEST]);
        for (int n = 1; n <= NGrams.LONGEST; n++) {
            int runs = n;
            List<Map<String, Integer>> known = references.stream()
                    .map(reference -> NGrams.counts(reference, runs))
                    .toList();
            counts.guesses[n - 1] = Math.max(0, length - n + 1);
            NGrams.counts(caption, n)
                    .forEach((run, count) -> counts.correct[runs - 1] += Math.min(
                            count,
                            known.stream()
                                    .mapToInt(reference -> reference.getOrDefault(run, 0))
                                    .max()
                                    .orElse(0)));
        }
        return counts;
    }

    /** These counts and others, counted {@code times} times. */
    public Bleu plus(Bleu other, double times) {
        double[] moreGuesses = guesses.clone();
        double[] moreCorrect = correct.clone();
        for (int n = 0; n < NGrams.LONGEST; n++) {
            moreGuesses[n] += times * other.guesses[n];
            moreCorrect[n] += times * other.correct[n];
        }
        return new Bleu(
                captionLength + times * other.captionLength,
                referenceLength + times * other.referenceLength,
                moreGuesses,
                moreCorrect);
    }

    /**
     * BLEU-k: the geometric mean of the shares of correct runs of 1 to k words, less a penalty for captions shorter than
     * their references.
     *
     * @param k 1 to {@link NGrams#LONGEST}
     */
    public double score(int k) {
        double product = 1;
        for (int n = 0; n < k; n++) {
            product *= (correct[n] + TINY) / (guesses[n] + SMALL);
        }
        double ratio = (captionLength + TINY) / (referenceLength + SMALL);
        double score = Math.pow(product, 1.0 / k);
        return ratio < 1 ? score * Math.exp(1 - 1 / ratio) : score;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bleu that
                && captionLength == that.captionLength
                && referenceLength == that.referenceLength
                && Arrays.equals(guesses, that.guesses)
                && Arrays.equals(correct, that.correct);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(guesses) + Arrays.hashCode(correct);
    }
}

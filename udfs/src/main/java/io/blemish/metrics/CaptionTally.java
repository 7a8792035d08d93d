package io.blemish.metrics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * The sums that BLEU, ROUGE-L and CIDEr-D of many captions are computed from; sums of parts on several machines make the
 * whole. For the intervals it keeps the sums of {@link #REPLICATES} resampled corpora as well, in which an image counts
 * as often as a Poisson variable of mean 1 says: the bootstrap for sums (Chamandy et al. 2012). How often, follows from
 * the image's id, so the intervals are the same however the images are spread, and captioners are compared on the same
 * resampled images. CIDEr's document frequencies are those of the whole corpus in each.
 *
 * <p>Not for several threads at once.
 */
public final class CaptionTally implements Serializable {
    /** Resampled corpora. */
    public static final int REPLICATES = 400;

    private static final long serialVersionUID = 1L;
    private static final int RUNS = NGrams.LONGEST;

    /** Positions of sums: images, ROUGE-L, CIDEr-D, lengths, guesses and correct runs of 1 to 4 words. */
    private static final int ROUGE = 1;

    private static final int CIDER = 2;
    private static final int CAPTION_LENGTH = 3;
    private static final int REFERENCE_LENGTH = 4;
    private static final int GUESSES = 5;
    private static final int CORRECT = GUESSES + RUNS;
    private static final int WIDTH = CORRECT + RUNS;

    /** The corpus itself first, then the resampled ones. */
    private final double[] sums = new double[(1 + REPLICATES) * WIDTH];

    /** Counts the caption of an image. */
    public void add(String imageId, CaptionScores scores) {
        double[] row = row(scores);
        SplittableRandom random = new SplittableRandom(seed(imageId));
        add(0, row, 1);
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            add(replicate, row, poisson(random));
        }
    }

    /** Adds the sums of other images. */
    public CaptionTally plus(CaptionTally other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        return this;
    }

    /** BLEU-k of the corpus. */
    public Estimate bleu(int k) {
        return estimate(from -> counts(from).score(k));
    }

    /** The mean ROUGE-L. */
    public Estimate rougeL() {
        return estimate(from -> sums[from + ROUGE] / sums[from]);
    }

    /** The mean CIDEr-D. */
    public Estimate ciderD() {
        return estimate(from -> sums[from + CIDER] / sums[from]);
    }

    /** The counts of BLEU over the corpus. */
    public Bleu counts() {
        return counts(0);
    }

    private Bleu counts(int from) {
        double[] guesses = new double[RUNS];
        double[] correct = new double[RUNS];
        System.arraycopy(sums, from + GUESSES, guesses, 0, RUNS);
        System.arraycopy(sums, from + CORRECT, correct, 0, RUNS);
        return new Bleu(sums[from + CAPTION_LENGTH], sums[from + REFERENCE_LENGTH], guesses, correct);
    }

    private Estimate estimate(IntToDoubleFunction score) {
        long images = Math.round(sums[0]);
        if (images < 2) {
            return images == 0 ? Estimate.nothing() : Estimate.bare(score.applyAsDouble(0), images);
        }
        double[] replicates = new double[REPLICATES];
        int drawn = 0;
        for (int replicate = 1; replicate <= REPLICATES; replicate++) {
            if (sums[replicate * WIDTH] > 0) {
                replicates[drawn++] = score.applyAsDouble(replicate * WIDTH);
            }
        }
        return Estimate.resampled(score.applyAsDouble(0), Arrays.copyOf(replicates, drawn), images);
    }

    private static double[] row(CaptionScores scores) {
        double[] row = new double[WIDTH];
        row[0] = 1;
        row[ROUGE] = scores.rougeL();
        row[CIDER] = scores.ciderD();
        row[CAPTION_LENGTH] = scores.bleu().captionLength();
        row[REFERENCE_LENGTH] = scores.bleu().referenceLength();
        System.arraycopy(scores.bleu().guesses(), 0, row, GUESSES, RUNS);
        System.arraycopy(scores.bleu().correct(), 0, row, CORRECT, RUNS);
        return row;
    }

    private void add(int corpus, double[] row, int times) {
        for (int i = 0; times > 0 && i < WIDTH; i++) {
            sums[corpus * WIDTH + i] += times * row[i];
        }
    }

    /** Equal ids give equal seeds, ids that differ in one character unlike ones. */
    private static long seed(String imageId) {
        long seed = 1125899906842597L;
        for (int i = 0; i < imageId.length(); i++) {
            seed = 31 * seed + imageId.charAt(i);
        }
        return seed;
    }

    /** How often an event of mean 1 happens (Knuth). */
    private static int poisson(SplittableRandom random) {
        double limit = Math.exp(-1);
        int events = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            events++;
        }
        return events;
    }
}

package io.blemish.metrics;

import java.util.List;

/**
 * ROUGE-L of a caption (Lin 2004) as coco-caption computes it: the longest run of words, gaps allowed, that it shares
 * with a reference, as a share of the caption and of the reference; the best of each over all references, joined by an
 * F measure that weighs recall 1.2 times as much. The score of many captions is the mean.
 */
public final class RougeL {
    private static final double BETA = 1.2;

    private RougeL() {}

    /**
     * The score of one caption, 0 to 1.
     *
     * @param caption its words
     * @param references the words of each reference
     */
    public static double of(List<String> caption, List<List<String>> references) {
        double precision = 0;
        double recall = 0;
        for (List<String> reference : references) {
            double shared = shared(caption, reference);
            if (shared > 0) {
                precision = Math.max(precision, shared / caption.size());
                recall = Math.max(recall, shared / reference.size());
            }
        }
        double weight = BETA * BETA;
        return precision == 0 ? 0 : (1 + weight) * precision * recall / (recall + weight * precision);
    }

    /** The length of the longest common subsequence. */
    private static int shared(List<String> one, List<String> other) {
        int[] lengths = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int i = 1; i <= other.size(); i++) {
                int above = lengths[i];
                lengths[i] = word.equals(other.get(i - 1)) ? diagonal + 1 : Math.max(above, lengths[i - 1]);
                diagonal = above;
            }
        }
        return lengths[other.size()];
    }
}

package io.blemish.metrics;

import java.util.List;

/**
 * What one caption adds to the metrics of many.
 *
 * @param bleu its counts
 * @param rougeL its ROUGE-L
 * @param ciderD its CIDEr-D
 */
public record CaptionScores(Bleu bleu, double rougeL, double ciderD) {
    /**
     * The scores of one caption.
     *
     * @param caption its words
     * @param references the words of each reference; at least one
     * @param cider with the weights of the corpus
     */
    public static CaptionScores of(List<String> caption, List<List<String>> references, CiderD cider) {
        return new CaptionScores(
                Bleu.of(caption, references), RougeL.of(caption, references), cider.of(caption, references));
    }
}

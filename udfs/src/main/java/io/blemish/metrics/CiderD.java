package io.blemish.metrics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr-D of captions (Vedantam et al. 2015, arXiv 1411.5726) as coco-caption computes it: how alike a caption and its
 * references are in their runs of 1 to 4 words, each weighed by how few images it occurs in, no occurrence counting more
 * often than the reference has it, less a penalty for another length. 0 to 10, whatever the field's tables multiply it
 * by. The score of many captions is the mean.
 *
 * <p>Two quirks are the field's: lengths are counted in pairs of words, and with a single image every weight is 0, and so
 * is the score.
 */
public final class CiderD {
    /** How fast the score falls with the difference of the lengths, in words. */
    private static final double SIGMA = 6;

    private final DocumentFrequencies frequencies;

    /** The metric with weights from these frequencies. */
    public CiderD(DocumentFrequencies frequencies) {
        this.frequencies = requireNonNull(frequencies, "frequencies is null");
    }

    /** Weighed runs of one length, and the length of their vector. */
    private record Vector(Map<String, Double> weights, double norm) {}

    /**
     * The score of one caption.
     *
     * @param caption its words
     * @param references the words of each reference; at least one
     */
    public double of(List<String> caption, List<List<String>> references) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("no reference");
        }
        List<Vector> candidate = vectors(caption);
        double sum = 0;
        for (List<String> reference : references) {
            List<Vector> vectors = vectors(reference);
            double alike = 0;
            for (int n = 0; n < NGrams.LONGEST; n++) {
                alike += similarity(candidate.get(n), vectors.get(n));
            }
            double difference = pairs(caption) - pairs(reference);
            sum += alike / NGrams.LONGEST * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
        }
        return 10 * sum / references.size();
    }

    private List<Vector> vectors(List<String> words) {
        List<Vector> vectors = new ArrayList<>();
        for (int n = 1; n <= NGrams.LONGEST; n++) {
            Map<String, Double> weights = new HashMap<>();
            double squares = 0;
            for (Map.Entry<String, Integer> run : NGrams.counts(words, n).entrySet()) {
                double weight = run.getValue() * frequencies.weight(run.getKey());
                weights.put(run.getKey(), weight);
                squares += weight * weight;
            }
            vectors.add(new Vector(weights, Math.sqrt(squares)));
        }
        return vectors;
    }

    private static double similarity(Vector candidate, Vector reference) {
        double product = 0;
        for (Map.Entry<String, Double> run : candidate.weights.entrySet()) {
            double weight = reference.weights.getOrDefault(run.getKey(), 0.0);
            product += Math.min(run.getValue(), weight) * weight;
        }
        double norms = candidate.norm * reference.norm;
        return norms == 0 ? 0 : product / norms;
    }

    private static int pairs(List<String> words) {
        return Math.max(0, words.size() - 1);
    }
}

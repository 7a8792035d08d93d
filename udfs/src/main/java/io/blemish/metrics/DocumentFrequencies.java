package io.blemish.metrics;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In the references of how many images runs of words occur: what CIDEr tells telling words from common ones by.
 *
 * @param images how many images there are; at least 1
 * @param counts by run of words, as {@link NGrams} writes them; a run that is not here occurs in none
 */
public record DocumentFrequencies(long images, Map<String, Long> counts) {
    /** Checks that there is an image; keeps the map as it is, for it may be large. */
    public DocumentFrequencies {
        requireNonNull(counts, "counts is null");
        if (images < 1) {
            throw new IllegalArgumentException("document frequencies of " + images + " images");
        }
    }

    /**
     * The frequencies in the references of images at hand.
     *
     * @param references for each image, the words of each of its references
     */
    public static DocumentFrequencies of(List<List<List<String>>> references) {
        Map<String, Long> counts = new HashMap<>();
        for (List<List<String>> image : references) {
            NGrams.distinct(image).forEach(run -> counts.merge(run, 1L, Long::sum));
        }
        return new DocumentFrequencies(references.size(), counts);
    }

    /** By how much an occurrence of the run counts: the logarithm of images ÷ images that have it. */
    double weight(String run) {
        return Math.log((double) images) - Math.log((double) Math.max(1, counts.getOrDefault(run, 0L)));
    }
}

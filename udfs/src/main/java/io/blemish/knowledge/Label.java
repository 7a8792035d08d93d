package io.blemish.knowledge;

import java.util.List;

/**
 * The zero-shot scores of one image against one knowledge base.
 *
 * @param defective whether P(defective) reaches the threshold
 * @param defect name of the most probable defect; null when sound
 * @param group group of that defect; null when sound
 * @param severity name of that defect's severity band; null when sound
 * @param probabilityDefective the defects' share of the softmax, in [0, 1]; 1 without sound states
 * @param margin best defect logit − best sound logit; without sound states, between the two best logits
 * @param verdict {@link Labeller#REVIEW} when P(defective) is too near the threshold to tell; null when the verdict
 *     rules decide
 * @param summary one sentence about the image
 * @param top the k most probable descriptions, most probable first, equal ones in the order of the file
 */
public record Label(
        boolean defective,
        String defect,
        String group,
        String severity,
        double probabilityDefective,
        double margin,
        String verdict,
        String summary,
        List<Scored> top) {
    /** Keeps an unchangeable copy of the top k. */
    public Label {
        top = List.copyOf(top);
    }
}

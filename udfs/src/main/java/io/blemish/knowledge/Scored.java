package io.blemish.knowledge;

/**
 * One of the top k descriptions of an image.
 *
 * @param description index of the description in its knowledge base
 * @param name its name
 * @param isDefect whether it is a defect rather than a sound state
 * @param probability softmax over all descriptions of exp(logit_scale) · similarity, in [0, 1]
 * @param similarity cosine of the image's and the description's embeddings, in [-1, 1]
 * @param severity name of its severity band; null for a sound state
 */
public record Scored(
        int description, String name, boolean isDefect, double probability, double similarity, String severity) {}

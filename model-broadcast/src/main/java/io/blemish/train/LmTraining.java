package io.blemish.train;

/**
 * How a language model is trained, beyond {@link TrainingOptions}.
 *
 * @param batchSize texts of a batch, at least 1
 * @param context tokens of a text that are seen at a time, at least 2: longer texts are cut into windows
 * @param seed of weights, order and sample texts
 * @param validationShare of the different texts, never trained on, 0 to 1
 * @param blocks how many of the last blocks are trained; all of them, and the embeddings too, if there are no more
 */
public record LmTraining(int batchSize, int context, long seed, double validationShare, int blocks) {
    /** Checks the numbers. */
    public LmTraining {
        if (batchSize < 1 || context < 2 || !(validationShare > 0 && validationShare < 1) || blocks < 0) {
            throw new IllegalArgumentException("batch size, context, validation share or blocks are out of range");
        }
    }
}

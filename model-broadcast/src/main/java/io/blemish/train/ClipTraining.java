package io.blemish.train;

/**
 * How a CLIP is trained, beyond {@link TrainingOptions}.
 *
 * @param batchSize pairs that are told apart from each other at a time, at least 2
 * @param seed of weights, order and views
 * @param validationShare of the pictures, never trained on, 0 to 1
 * @param visionBlocks how many of the last blocks are trained; all of them, and the embeddings too, if there are no more
 * @param textBlocks the same of the text tower
 * @param augmentation the views that are shown
 */
public record ClipTraining(
        int batchSize, long seed, double validationShare, int visionBlocks, int textBlocks, Augmentation augmentation) {
    /** Checks the numbers. */
    public ClipTraining {
        if (batchSize < 2 || !(validationShare > 0 && validationShare < 1) || visionBlocks < 0 || textBlocks < 0) {
            throw new IllegalArgumentException("batch size, validation share or blocks are out of range");
        }
    }
}

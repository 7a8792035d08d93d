package io.blemish.train;

/**
 * How a mapper is trained, beyond {@link TrainingOptions}.
 *
 * @param batchSize captions of a batch, at least 1
 * @param seed of weights, order, dropped values and sample captions
 * @param validationShare of the images, never trained on, above 0 and below 1
 * @param dropout probability that a hidden value of the mapper is dropped, 0 to below 1
 */
public record MapperTraining(int batchSize, long seed, double validationShare, double dropout) {
    /** Checks the numbers. */
    public MapperTraining {
        boolean share = validationShare > 0 && validationShare < 1;
        if (batchSize < 1 || !share || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("batch size, validation share or dropout are out of range");
        }
    }
}

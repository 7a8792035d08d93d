package io.blemish.train;

/** What a {@link Training} learns: weights, and batches that it computes their gradients from. */
public interface Task extends AutoCloseable {
    /** The model. */
    Weights weights();

    /** Batches of an epoch, at least 1. */
    int batches();

    /**
     * Adds the gradients of one batch's mean loss to those of the weights. The same batch of the same epoch is always
     * the same, however the training came there.
     */
    Score train(int epoch, int batch);

    /** The score on examples that are never trained on. */
    Score validate();

    /** Corrects the weights after a step, for those that are bound to a range. */
    default void afterStep() {}

    @Override
    void close();
}

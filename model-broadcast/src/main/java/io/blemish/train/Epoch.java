package io.blemish.train;

import java.util.List;

/**
 * One epoch of a training that has ended.
 *
 * @param epoch its number, from 1
 * @param step steps of the optimiser up to its end
 * @param training the mean score of its batches, each before its step
 * @param validation the score after it
 * @param rate the learning rate of its last step
 * @param seconds it took, validation included
 */
public record Epoch(int epoch, long step, Score training, Score validation, double rate, double seconds) {
    /** How long they took together. */
    static double seconds(List<Epoch> epochs) {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }
}

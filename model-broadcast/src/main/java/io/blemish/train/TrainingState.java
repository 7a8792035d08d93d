package io.blemish.train;

import io.blemish.checkpoint.StateDict;
import java.util.List;
import java.util.Optional;

/**
 * Where a training stands between two steps: everything that goes on with it needs.
 *
 * @param step steps taken
 * @param epoch the epoch under way, from 1
 * @param batch its next batch, from 0
 * @param score of its batches so far
 * @param seconds spent in it so far
 * @param epochs those that have ended
 * @param values trained weights and the optimiser's moments by name
 * @param best trained weights after the best epoch, once one has ended
 */
record TrainingState(
        long step,
        int epoch,
        int batch,
        Score score,
        double seconds,
        List<Epoch> epochs,
        StateDict values,
        Optional<StateDict> best) {}

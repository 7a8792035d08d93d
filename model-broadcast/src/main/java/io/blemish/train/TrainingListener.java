package io.blemish.train;

/** Told by a training how it is getting on, from the thread that trains. */
public interface TrainingListener {
    /** Listens to nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * A step has been taken.
     *
     * @param step its number, from 1
     * @param steps all that there will be, unless the training stops early
     * @param score of its batches
     * @param epoch the epoch under way, from 1
     */
    default void step(long step, long steps, Score score, int epoch) {}

    /** An epoch has ended. */
    default void epoch(Epoch epoch) {}

    /** The training goes on from a step that an earlier process reached. */
    default void resumed(long step) {}
}

package io.blemish.udfs;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Makes rows of the rows of a task's partition, one batch after the other, as they are asked for.
 *
 * @param <R> the kind of rows
 */
final class BatchIterator<R> implements Iterator<R> {
    private final Iterator<R> input;
    private final TaskContext task;
    private final Batches<R> batches;
    private Iterator<R> made = Collections.emptyIterator();

    BatchIterator(Iterator<R> input, TaskContext task, Batches<R> batches) {
        this.input = input;
        this.task = task;
        this.batches = batches;
    }

    /** Takes the rows of a batch, at least one, and makes any number of others. */
    @FunctionalInterface
    interface Batches<R> {
        Iterator<R> next(Iterator<R> input) throws InterruptedException;
    }

    @Override
    public boolean hasNext() {
        while (!made.hasNext() && input.hasNext()) {
            if (task.isInterrupted()) {
                throw new TaskKilledException("the task was told to stop");
            }
            try {
                made = batches.next(input);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TaskKilledException("the task was interrupted");
            }
        }
        return made.hasNext();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every row of the partition was used");
        }
        return made.next();
    }
}

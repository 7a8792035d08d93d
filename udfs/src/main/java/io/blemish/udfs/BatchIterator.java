package io.blemish.udfs;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/** Makes rows of the rows of a task's partition, one batch after the other, as they are asked for. */
final class BatchIterator implements Iterator<Row> {
    private final Iterator<Row> input;
    private final TaskContext task;
    private final Batches batches;
    private Iterator<Row> made = Collections.emptyIterator();

    BatchIterator(Iterator<Row> input, TaskContext task, Batches batches) {
        this.input = input;
        this.task = task;
        this.batches = batches;
    }

    /** Takes the rows of a batch, at least one, and makes any number of others. */
    @FunctionalInterface
    interface Batches {
        Iterator<Row> next(Iterator<Row> input) throws InterruptedException;
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
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every row of the partition was used");
        }
        return made.next();
    }
}

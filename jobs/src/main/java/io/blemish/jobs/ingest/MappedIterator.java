package io.blemish.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;

/** Rows made of rows one at a time, when they are asked for, until the task is killed. */
final class MappedIterator<A, B> implements Iterator<B> {
    private final Iterator<A> source;
    private final Step<A, B> step;

    MappedIterator(Iterator<A> source, Step<A, B> step) {
        this.source = source;
        this.step = step;
    }

    /** Makes one row of another. */
    @FunctionalInterface
    interface Step<A, B> {
        B apply(A row) throws IOException;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public B next() {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
        }
        try {
            return step.apply(source.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

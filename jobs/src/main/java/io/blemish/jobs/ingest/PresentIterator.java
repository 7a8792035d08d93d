package io.blemish.jobs.ingest;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The elements of another iterator that are not null. */
final class PresentIterator<A> implements Iterator<A> {
    private final Iterator<A> source;
    private A next;

    PresentIterator(Iterator<A> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        while (next == null && source.hasNext()) {
            next = source.next();
        }
        return next != null;
    }

    @Override
    public A next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        A result = next;
        next = null;
        return result;
    }
}

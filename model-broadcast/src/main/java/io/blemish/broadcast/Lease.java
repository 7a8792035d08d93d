package io.blemish.broadcast;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a shared model. While one lease on it is open the model is not closed; closing the lease twice does
 * nothing.
 *
 * @param <M> the model
 */
public final class Lease<M> implements AutoCloseable {
    private final M model;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(M model, Runnable giveBack) {
        this.model = model;
        this.giveBack = giveBack;
    }

    /** The model, which must not be used after this lease is closed. */
    public M model() {
        if (closed.get()) {
            throw new IllegalStateException("The lease on this model is closed");
        }

        return model;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}

package io.blemish.train;

import io.blemish.error.InternalException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes the next batch on a thread of its own while the current one is trained on. */
final class Prefetch<B> implements AutoCloseable {
    private final int batches;
    private final Maker<B> maker;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "batches");
        made.setDaemon(true);
        return made;
    });
    private Future<B> next;
    private int epoch;
    private int batch;

    /** Makes a batch, the same however often it is asked for. */
    @FunctionalInterface
    interface Maker<B> {
        B make(int epoch, int batch);
    }

    /** @param batches of an epoch: after the last comes the first of the next */
    Prefetch(int batches, Maker<B> maker) {
        this.batches = batches;
        this.maker = maker;
    }

    B take(int wantedEpoch, int wantedBatch) {
        if (next == null || epoch != wantedEpoch || batch != wantedBatch) {
            begin(wantedEpoch, wantedBatch);
        }
        try {
            B taken = next.get();
            boolean last = wantedBatch + 1 >= batches;
            begin(last ? wantedEpoch + 1 : wantedEpoch, last ? 0 : wantedBatch + 1);
            return taken;
        } catch (ExecutionException e) {
            throw new InternalException("A batch cannot be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The training was interrupted", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void begin(int nextEpoch, int nextBatch) {
        epoch = nextEpoch;
        batch = nextBatch;
        next = thread.submit(() -> maker.make(nextEpoch, nextBatch));
    }
}

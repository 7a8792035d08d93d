package io.blemish.image;

import java.util.concurrent.Semaphore;

/**
 * Bounds the decoded bytes that all threads of a JVM hold at once, so that several large photographs met at the same
 * time wait for each other instead of filling the heap. First come, first served; an image larger than the whole budget
 * takes all of it and is decoded alone.
 */
public final class DecodeBudget {
    private static final int UNIT = 1024;
    private static final DecodeBudget SHARED =
            new DecodeBudget(Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));

    private final int units;
    private final Semaphore free;

    /** A budget of its own; production code takes the {@link #shared()} one. */
    public DecodeBudget(long bytes) {
        units = Math.toIntExact(Math.max(1, bytes / UNIT));
        free = new Semaphore(units, true);
    }

    /** The budget of this JVM: a quarter of the largest heap, at least 64 MiB. */
    public static DecodeBudget shared() {
        return SHARED;
    }

    /**
     * Waits until {@code bytes} are free, and holds them until the share is closed. A thread holds one share at most.
     */
    public Share acquire(long bytes) {
        int wanted = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
        free.acquireUninterruptibly(wanted);
        return new Share(wanted);
    }

    /** The bytes that nobody holds. */
    public long freeBytes() {
        return (long) free.availablePermits() * UNIT;
    }

    /** A part of the budget, given back by {@link #close()}. */
    public final class Share implements AutoCloseable {
        private int held;

        private Share(int held) {
            this.held = held;
        }

        @Override
        public void close() {
            free.release(held);
            held = 0;
        }
    }
}

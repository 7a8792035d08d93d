package io.blemish.image;

import java.io.IOException;
import java.time.Duration;

/**
 * The time one image may take. Decoders meet it whenever they ask for more bytes: reading stops with an exception, also
 * inside a native decoder that would work through thousands of scans without ever calling back otherwise.
 */
final class Deadline {
    private final long start = System.nanoTime();
    private final long limitNanos;

    Deadline(Duration limit) {
        limitNanos = limit.toNanos();
    }

    boolean passed() {
        return System.nanoTime() - start >= limitNanos;
    }

    void check() throws IOException {
        if (passed()) {
            throw new IOException("the time limit has passed");
        }
    }
}

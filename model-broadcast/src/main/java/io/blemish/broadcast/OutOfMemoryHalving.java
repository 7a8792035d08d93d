package io.blemish.broadcast;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches on a device whose memory may be too small for them. A part that runs out of memory is cut in two, after
 * the engine has given its cached memory back, and so on down to one image. Later batches are cut to the size that was
 * found.
 *
 * <p>One instance serves all tasks on a device: what one of them learned about its memory holds for the others.
 */
public final class OutOfMemoryHalving {
    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemoryHalving.class);

    private final Runnable emptyCache;
    private final AtomicInteger largestPart = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger halvings = new AtomicInteger();
    private final AtomicInteger smallestPart = new AtomicInteger(Integer.MAX_VALUE);

    /**
     * A forward of the images {@code from} (inclusive) to {@code to} (exclusive) of a batch.
     *
     * @param <R> the results of these images, in order
     */
    @FunctionalInterface
    public interface Part<R> {
        /** Runs the forward. It frees what it allocated on the device also when it fails. */
        R run(int from, int to) throws Exception;
    }

    /**
     * For a device with this way of giving cached memory back.
     *
     * @param emptyCache called between a failure and the next attempt
     */
    public OutOfMemoryHalving(Runnable emptyCache) {
        this.emptyCache = emptyCache;
    }

    /** For the GPUs of this JVM. */
    public static OutOfMemoryHalving onCuda() {
        return new OutOfMemoryHalving(JniUtils::emptyCudaCache);
    }

    /**
     * Runs a batch, in one part if memory allows.
     *
     * @param size images in the batch
     * @return the results of the parts, in order; together they cover the batch once
     * @throws Exception what the part threw, unless it ran out of device memory with more than one image
     */
    public <R> List<R> run(int size, Part<R> part) throws Exception {
        List<R> results = new ArrayList<>();
        int from = 0;
        while (from < size) {
            int to = from + Math.min(size - from, largestPart.get());
            Optional<R> result = attempt(part, from, to);
            if (result.isPresent()) {
                results.add(result.get());
                from = to;
            }
        }

        return results;
    }

    /** How often a part was cut in two. */
    public int halvings() {
        return halvings.get();
    }

    /** The fewest images that a part had to be cut to before it worked, 0 if no part was ever cut. */
    public int smallestPart() {
        int smallest = smallestPart.get();
        return smallest == Integer.MAX_VALUE ? 0 : smallest;
    }

    /** The part's result, or nothing after the size of parts was halved. */
    private <R> Optional<R> attempt(Part<R> part, int from, int to) throws Exception {
        try {
            R result = part.run(from, to);
            if (to - from == largestPart.get()) {
                smallestPart.accumulateAndGet(to - from, Math::min);
            }

            return Optional.of(result);
        } catch (Exception e) {
            if (to - from == 1 || !isOutOfMemory(e)) {
                throw e;
            }

            int half = (to - from + 1) / 2;
            largestPart.accumulateAndGet(half, Math::min);
            halvings.incrementAndGet();
            LOG.warn("The device ran out of memory with {} images; trying {}", to - from, half);
        }

        emptyCache.run();
        return Optional.empty();
    }

    /** Whether the engine reports, anywhere in the chain of causes, that a CUDA allocation failed. */
    static boolean isOutOfMemory(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof EngineException && e.getMessage() != null) {
                String message = e.getMessage().toLowerCase(Locale.ROOT);
                boolean cuda = message.contains("cuda") || message.contains("cublas") || message.contains("cudnn");
                if (cuda && (message.contains("out of memory") || message.contains("alloc_failed"))) {
                    return true;
                }
            }
        }

        return false;
    }
}

package io.blemish.broadcast;

import java.nio.file.Path;

/**
 * Makes a model, ready for use, of its file.
 *
 * @param <M> a model that several threads may use at once; closing it frees its native memory
 */
@FunctionalInterface
public interface ModelLoader<M extends AutoCloseable> {
    /**
     * Loads the model and runs one warm-up forward: engines set their state up in the first forward without a lock, so
     * no model may be shared before it. A loader that uses DJL calls {@link TorchThreads#configure(int)} first.
     *
     * @param file the packed model; deleted after this call returns
     * @param device where its weights belong
     */
    M load(Path file, Device device) throws Exception;
}

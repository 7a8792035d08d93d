package io.blemish.jobs.inspect;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.udfs.Captioning;

/**
 * A captioner whose models are with the executors until it is closed.
 *
 * @param captioning the models and how they are used
 */
public record PublishedCaptioner(Captioning captioning) implements AutoCloseable {
    @Override
    public void close() {
        captioning.mapper().close();
        captioning.languageModel().close();
        captioning.texts().forEach(ModelBroadcast::close);
    }
}

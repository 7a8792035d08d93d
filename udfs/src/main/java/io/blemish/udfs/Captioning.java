package io.blemish.udfs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.caption.MapperConfig;
import io.blemish.lm.Decoding;
import java.io.Serializable;

/**
 * How tasks caption images: three models, and what the driver tells of them.
 *
 * @param mapper makes prefixes of embeddings
 * @param config of the mapper
 * @param languageModel writes on, with its tokenizer
 * @param texts the text tower of the CLIP that made the embeddings, with its tokenizer
 * @param prompt between prefix and caption; empty for none
 * @param decoding how captions are written
 */
public record Captioning(
        ModelBroadcast mapper,
        MapperConfig config,
        ModelBroadcast languageModel,
        ModelBroadcast texts,
        String prompt,
        Decoding decoding)
        implements Serializable {
    /** Checks that nothing is missing. */
    public Captioning {
        requireNonNull(mapper, "mapper is null");
        requireNonNull(languageModel, "languageModel is null");
        requireNonNull(texts, "texts is null");
        requireNonNull(decoding, "decoding is null");
    }
}

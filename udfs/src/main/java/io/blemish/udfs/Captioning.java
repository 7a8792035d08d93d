package io.blemish.udfs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.ModelBroadcast;
import io.blemish.caption.MapperConfig;
import io.blemish.lm.Decoding;
import java.io.Serializable;
import java.util.List;

/**
 * How tasks caption images: the models, and what the driver tells of them.
 *
 * @param mapper makes prefixes of embeddings
 * @param config of the mapper
 * @param languageModel writes on, with its tokenizer
 * @param texts the text tower of the CLIP that made the embeddings, with its tokenizer; none where captions are not scored. An Optional
 *     could not be sent to executors
 * @param prompt between prefix and caption; empty for none
 * @param decoding how captions are written
 * @param clipWeight by how much CLIPScore counts, beside the log-probability, when captions are ranked; 0 for not at all
 */
public record Captioning(
        ModelBroadcast mapper,
        MapperConfig config,
        ModelBroadcast languageModel,
        List<ModelBroadcast> texts,
        String prompt,
        Decoding decoding,
        double clipWeight)
        implements Serializable {
    /** Checks that nothing is missing. */
    public Captioning {
        requireNonNull(mapper, "mapper is null");
        requireNonNull(languageModel, "languageModel is null");
        texts = List.copyOf(texts);
        requireNonNull(decoding, "decoding is null");
    }
}

package io.blemish.udfs;

import static java.util.Objects.requireNonNull;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.broadcast.ModelBroadcast;
import io.blemish.caption.MapperConfig;
import java.io.Serializable;

/**
 * How tasks tell what the words of captions rest on: three models, and what the driver tells of them.
 *
 * @param vision the vision tower that made the embeddings
 * @param mapper makes prefixes of embeddings
 * @param config of the mapper
 * @param languageModel that wrote on, published apart from the one that captions are written with: here it keeps its weights as they are
 * @param prompt between prefix and caption; empty for none
 * @param preparation how photographs become crops
 * @param device where the models compute
 * @param batchSize photographs of one forward of the tower, at least 1
 */
public record WordSettings(
        ModelBroadcast vision,
        ModelBroadcast mapper,
        MapperConfig config,
        ModelBroadcast languageModel,
        String prompt,
        InspectorSettings.Preparation preparation,
        DeviceChoice device,
        int batchSize)
        implements Serializable {
    /** Checks that nothing is missing. */
    public WordSettings {
        requireNonNull(vision, "vision is null");
        requireNonNull(mapper, "mapper is null");
        requireNonNull(languageModel, "languageModel is null");
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch of " + batchSize + " images");
        }
    }
}

package io.blemish.train;

import io.blemish.caption.MapperBundle;
import io.blemish.caption.MapperSettings;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder that a trained mapper ends up in: {@link MapperBundle#open} opens it. */
public final class MapperFolder {
    private final ModelFolder folder;

    /** A folder that exists. */
    public MapperFolder(Path folder) {
        this.folder = new ModelFolder(folder);
    }

    /**
     * Writes configuration and weights.
     *
     * @param precision F32 or F16
     */
    public void writeModel(MapperWeights weights, MapperSettings settings, DType precision) {
        folder.writeJson("config.json", MapperBundle.json(weights.config(), settings));
        List<Tensor> tensors = new ArrayList<>();
        weights.published().forEach(tensors::add);
        folder.writeWeights(tensors, precision);
    }

    /** Writes the course of the training: as numbers, as a picture, and as the model card. */
    public void writeCard(MapperCard card) {
        folder.writeMetrics("Mapper training", "next-token accuracy", card.facts(), card.epochs());
        folder.writeCard(card.markdown());
    }
}

package io.blemish.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a trained language model ends up in: transformers' {@code OPTForCausalLM} and {@link
 * io.blemish.lm.Opt} open it. The tokenizer is there before: see {@link LmStart}.
 */
public final class LmFolder {
    private final ModelFolder folder;

    /** A folder that exists. */
    public LmFolder(Path folder) {
        this.folder = new ModelFolder(folder);
    }

    /**
     * Writes configurations and weights.
     *
     * @param precision F32 or F16
     */
    public void writeModel(OptConfig config, OptWeights weights, DType precision) {
        folder.writeJson("config.json", config.json(precision == DType.F16 ? "float16" : "float32"));
        ObjectNode generation = JsonNodeFactory.instance.objectNode();
        generation
                .put("bos_token_id", config.tokens().begin())
                .put("eos_token_id", config.tokens().end())
                .put("pad_token_id", config.tokens().pad());
        folder.writeJson("generation_config.json", generation);
        List<Tensor> tensors = new ArrayList<>();
        weights.tensors().forEach(tensors::add);
        folder.writeWeights(tensors, precision);
    }

    /** Writes the course of the training: as numbers, as a picture, and as the model card. */
    public void writeCard(LmCard card) {
        folder.writeMetrics("Language-model training", "next-token accuracy", card.facts(), card.epochs());
        folder.writeCard(card.markdown());
    }
}

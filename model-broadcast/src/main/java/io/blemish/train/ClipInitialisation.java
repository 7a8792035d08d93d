package io.blemish.train;

import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.ClipConfig;
import io.blemish.clip.ClipParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random weights as {@code CLIPPreTrainedModel._init_weights} of transformers draws them, with a factor of 1: normal
 * distributions whose width depends on the kind of weight; biases 0, norms 1.
 */
public final class ClipInitialisation {
    private static final double EMBEDDING = 0.02;

    /** ln(1 / 0.07) */
    private static final float LOGIT_SCALE = 2.6592f;

    private ClipInitialisation() {}

    /** All tensors of an untrained CLIP; each depends on the seed and its place alone. */
    public static StateDict weights(ClipConfig config, long seed) {
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, long[]> entry : ClipParameters.shapes(config).entrySet()) {
            tensors.add(tensor(entry.getKey(), entry.getValue(), config, Randoms.of(seed, tensors.size())));
        }
        return StateDict.of(tensors);
    }

    private static Tensor tensor(String name, long[] shape, ClipConfig config, SplittableRandom random) {
        int elements = 1;
        for (long length : shape) {
            elements = Math.multiplyExact(elements, Math.toIntExact(length));
        }
        float[] values = new float[elements];
        double deviation = deviation(name, config);
        for (int i = 0; i < elements; i++) {
            values[i] = (float) (mean(name) + deviation * (deviation == 0 ? 0 : random.nextGaussian()));
        }
        return Tensor.ofFloats(name, values, shape);
    }

    private static double mean(String name) {
        if (name.equals(ClipParameters.LOGIT_SCALE)) {
            return LOGIT_SCALE;
        }
        return name.contains("norm") && name.endsWith(".weight") ? 1 : 0;
    }

    private static double deviation(String name, ClipConfig config) {
        ClipConfig.Tower tower = name.startsWith("vision_model")
                ? config.vision().tower()
                : config.text().tower();
        double width = Math.pow(tower.width(), -0.5);
        double residual = width * Math.pow(2 * tower.layers(), -0.5);
        if (name.equals("visual_projection.weight")) {
            return Math.pow(config.vision().tower().width(), -0.5);
        }
        if (name.equals("text_projection.weight") || name.endsWith("class_embedding")) {
            return width;
        }
        if (name.endsWith("embedding.weight")) {
            return EMBEDDING;
        }
        if (!name.endsWith(".weight") || name.contains("norm")) {
            return 0;
        }
        if (name.endsWith("out_proj.weight")) {
            return width;
        }
        return name.endsWith("fc1.weight") ? Math.pow(2 * tower.width(), -0.5) : residual;
    }
}

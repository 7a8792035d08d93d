package io.blemish.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, 2019, arXiv 1711.05101) and gradients clipped by their
 * common norm. One native call for each group updates its weights in place.
 */
public final class AdamW implements AutoCloseable {
    private static final String FIRST = "first.";
    private static final String SECOND = "second.";

    private final Weights weights;
    private final Options options;
    private final DifferentiableScript script;
    private final NDManager manager;
    private final List<NDArray> first = new ArrayList<>();
    private final List<NDArray> second = new ArrayList<>();

    /**
     * What does not change from step to step.
     *
     * @param beta1 decay of the mean of gradients
     * @param beta2 decay of the mean of their squares
     * @param epsilon added to the root of the latter
     * @param weightDecay share of a decayed weight that a step of rate 1 would take away
     * @param longestGradient the norm that all gradients together are scaled down to where they exceed it
     */
    public record Options(double beta1, double beta2, double epsilon, double weightDecay, double longestGradient) {
        /** What CLIP was trained with (vision transformers), with the given weight decay and a norm of 1. */
        public static Options ofClip(double weightDecay) {
            return new Options(0.9, 0.98, 1e-6, weightDecay, 1);
        }

        /** What OPT was trained with, with the given weight decay and a norm of 1. */
        public static Options ofLanguageModels(double weightDecay) {
            return new Options(0.9, 0.95, 1e-8, weightDecay, 1);
        }

        /** PyTorch's own constants, which mappers are trained with, with the given weight decay and a norm of 1. */
        public static Options ofMappers(double weightDecay) {
            return new Options(0.9, 0.999, 1e-8, weightDecay, 1);
        }
    }

    /** An optimiser of the weights, whose moments are zero. */
    public AdamW(Weights weights, Options options) {
        this.weights = weights;
        this.options = options;
        this.manager = weights.manager().newSubManager();
        this.script = DifferentiableScript.load(TorchScriptArchive.of(AdamW.class, "AdamW")
                .attribute("beta1", options.beta1)
                .attribute("beta2", options.beta2)
                .attribute("epsilon", options.epsilon));
        for (NDArray array : weights.trainedArrays()) {
            first.add(manager.zeros(array.getShape(), array.getDataType()));
            second.add(manager.zeros(array.getShape(), array.getDataType()));
        }
    }

    /**
     * Takes a step along the gradients, and sets them to zero.
     *
     * @param step its number, from 1
     * @param batches how many backwards the gradients are the sum of
     * @param rate the learning rate
     * @return the norm of the mean gradient before it was clipped
     */
    public double step(long step, int batches, double rate) {
        try (NDManager scope = manager.newSubManager()) {
            List<NDArray> gradients = new ArrayList<>();
            for (NDArray array : weights.trainedArrays()) {
                NDArray gradient = array.getGradient();
                gradient.attach(scope);
                gradients.add(gradient);
            }
            try (NDArray divisor = divisor(scope, gradients, batches)) {
                update(scope, gradients, divisor, step, rate);
                return divisor.getFloat(1);
            }
        }
    }

    private NDArray divisor(NDManager scope, List<NDArray> gradients, int batches) {
        return call(
                scope,
                "divisor",
                DifferentiableScript.list(gradients),
                IValue.from((long) batches),
                IValue.from(options.longestGradient));
    }

    private void update(NDManager scope, List<NDArray> gradients, NDArray divisor, long step, double rate) {
        int decayed = weights.decayed();
        int all = gradients.size();
        for (Group group : List.of(new Group(0, decayed, options.weightDecay), new Group(decayed, all, 0))) {
            if (group.from == group.to) {
                continue;
            }
            call(
                            scope,
                            "step",
                            group.list(weights.trainedArrays()),
                            group.list(gradients),
                            group.list(first),
                            group.list(second),
                            IValue.from((PtNDArray) divisor),
                            IValue.from(step),
                            IValue.from(rate),
                            IValue.from(group.decay))
                    .close();
        }
    }

    private NDArray call(NDManager scope, String method, IValue... arguments) {
        try {
            return script.call(scope, method, List.of(arguments));
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    /** Weights that are side by side in the list, with one decay. */
    private record Group(int from, int to, double decay) {
        IValue list(List<NDArray> arrays) {
            return DifferentiableScript.list(arrays.subList(from, to));
        }
    }

    /** Copies of the moments as they are now, under names made of the weights'. */
    public List<Tensor> moments() {
        List<Tensor> moments = new ArrayList<>();
        List<String> names = weights.trained();
        for (int i = 0; i < names.size(); i++) {
            moments.add(Weights.tensor(FIRST + names.get(i), first.get(i)));
            moments.add(Weights.tensor(SECOND + names.get(i), second.get(i)));
        }
        return moments;
    }

    /** Overwrites the moments. */
    public void restore(StateDict moments) {
        List<String> names = weights.trained();
        weights.overwrite(
                first, names.stream().map(name -> moments.tensor(FIRST + name)).toList());
        weights.overwrite(
                second,
                names.stream().map(name -> moments.tensor(SECOND + name)).toList());
    }

    /** Frees the moments. */
    @Override
    public void close() {
        script.close();
        manager.close();
    }
}

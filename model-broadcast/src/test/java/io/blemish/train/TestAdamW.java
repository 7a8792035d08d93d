package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestAdamW {
    private static final float[][] MATRIX_GRADIENTS = {{0.1f, -0.2f, 0.3f}, {3, 4, 0}, {0, -1, 0.5f}};
    private static final float[][] BIAS_GRADIENTS = {{0.4f}, {12}, {0.25f}};
    private static final double[] RATES = {0.1, 0.05, 0.02};

    /** {@code torch.optim.AdamW} 2.7.1 after {@code clip_grad_norm_(…, 1.0)}; the matrix decays by 0.1, the bias does not. */
    private static final double[] NORMS = {0.547722578048706, 13, 1.145643949508667};

    private static final double[][] MATRICES = {
        {0.8900009989738464, -1.8800004720687866, 2.8700003623962402},
        {0.8382487893104553, -1.8835234642028809, 2.8219854831695557},
        {0.8218753933906555, -1.8696067333221436, 2.800002098083496}
    };
    private static final double[] BIASES = {0.4000002443790436, 0.35269784927368164, 0.33562979102134705};

    @Test
    void equalsPyTorch() {
        try (Weights weights = weights();
                AdamW adam = new AdamW(weights, AdamW.Options.ofClip(0.1))) {
            for (int i = 0; i < RATES.length; i++) {
                backward(weights, i);
                assertThat(adam.step(i + 1, 1, RATES[i])).isCloseTo(NORMS[i], within(1e-5));
                assertValues(weights.array("matrix"), MATRICES[i]);
                assertValues(weights.array("bias"), BIASES[i]);
            }
        }
    }

    @Test
    void addedGradientsCountAsTheirMean() {
        try (Weights once = weights();
                Weights twice = weights();
                AdamW first = new AdamW(once, AdamW.Options.ofClip(0.1));
                AdamW second = new AdamW(twice, AdamW.Options.ofClip(0.1))) {
            backward(once, 1);
            backward(twice, 1);
            backward(twice, 1);

            assertThat(second.step(1, 2, 0.1)).isCloseTo(first.step(1, 1, 0.1), within(1e-4));
            assertThat(twice.array("matrix").toFloatArray())
                    .containsExactly(once.array("matrix").toFloatArray(), within(1e-6f));
        }
    }

    @Test
    void stepSetsGradientsToZero() {
        try (Weights weights = weights();
                AdamW adam = new AdamW(weights, AdamW.Options.ofClip(0.1))) {
            backward(weights, 0);
            adam.step(1, 1, 0.1);
            try (NDArray gradient = weights.array("matrix").getGradient()) {
                assertThat(gradient.toFloatArray()).containsOnly(0);
            }
        }
    }

    @Test
    void goesOnFromRestoredMoments() {
        try (Weights kept = weights();
                Weights restored = weights();
                AdamW first = new AdamW(kept, AdamW.Options.ofClip(0.1));
                AdamW second = new AdamW(restored, AdamW.Options.ofClip(0.1))) {
            backward(kept, 0);
            first.step(1, 1, 0.1);
            restored.restore(StateDict.of(kept.trainedTensors()));
            second.restore(StateDict.of(first.moments()));

            backward(kept, 1);
            first.step(2, 1, 0.1);
            backward(restored, 1);
            second.step(2, 1, 0.1);

            assertThat(restored.array("matrix").toFloatArray())
                    .isEqualTo(kept.array("matrix").toFloatArray());
        }
    }

    private static Weights weights() {
        return Weights.of(
                List.of(
                        Tensor.ofFloats("bias", new float[] {0.5f}, 1),
                        Tensor.ofFloats("matrix", new float[] {1, -2, 3}, 3)),
                name -> true,
                "matrix"::equals);
    }

    /** Gives the weights the gradients of a step. */
    private static void backward(Weights weights, int step) {
        try (NDManager scope = weights.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray matrix = scope.create(MATRIX_GRADIENTS[step]).mul(weights.array("matrix"));
            NDArray bias = scope.create(BIAS_GRADIENTS[step]).mul(weights.array("bias"));
            collector.backward(matrix.sum().add(bias.sum()));
        }
    }

    private static void assertValues(NDArray actual, double... expected) {
        float[] values = actual.toFloatArray();
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i], within(2e-6));
        }
    }
}

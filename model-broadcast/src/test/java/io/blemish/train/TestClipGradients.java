package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.ClipConfig;
import io.blemish.image.ImageProcessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tensor's gradient against central differences, in float64, through the very scripts that inference runs. */
class TestClipGradients {
    private static final double STEP = 1e-5;
    private static final int PLACES = 4;
    private static final int BATCH = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void equalCentralDifferences(String activation) {
        ClipConfig config = ToyPairs.config(folder, activation);
        try (PairData data = ToyPairs.data(24);
                ClipTrainer trainer = new ClipTrainer(
                        config,
                        StateDict.of(wideWeights(config)),
                        ImageProcessor.openAi(8),
                        ToyPairs.tokenizer(),
                        data,
                        new ClipTraining(BATCH, 3, 0.2, 2, 2, Augmentation.STANDARD))) {
            trainer.train(1, 0);
            Weights weights = trainer.weights();
            assertThat(weights.trained()).hasSize(wideWeights(config).size());
            for (String name : weights.trained()) {
                check(trainer, name);
            }
        }
    }

    private static void check(ClipTrainer trainer, String name) {
        Tensor tensor = Weights.tensor(name, trainer.weights().array(name));
        double[] gradient;
        try (NDArray array = trainer.weights().array(name).getGradient()) {
            gradient = array.toDoubleArray();
        }
        SplittableRandom random = Randoms.of(11, name.hashCode());
        for (int i = 0; i < Math.min(PLACES, gradient.length); i++) {
            int place = random.nextInt(gradient.length);
            double slope = (loss(trainer, tensor, place, STEP) - loss(trainer, tensor, place, -STEP)) / (2 * STEP);
            assertThat(gradient[place])
                    .as("%s at %d", name, place)
                    .isCloseTo(slope, within(1e-8 + 1e-5 * Math.abs(slope)));
        }
    }

    /** The loss of the first batch with one number of the weights moved, and moved back. */
    private static double loss(ClipTrainer trainer, Tensor tensor, int place, double by) {
        Weights weights = trainer.weights();
        NDArray array = weights.array(tensor.name());
        weights.overwrite(List.of(array), List.of(moved(tensor, place, by)));
        try (NDManager scope = weights.manager().newSubManager()) {
            return trainer.loss(scope, trainer.batch(1, 0))
                    .get(0)
                    .toType(DataType.FLOAT64, false)
                    .getDouble();
        } finally {
            weights.overwrite(List.of(array), List.of(tensor));
        }
    }

    private static Tensor moved(Tensor tensor, int place, double by) {
        ByteBuffer bytes = ByteBuffer.allocate(tensor.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(tensor.data()).flip();
        bytes.putDouble(place * Double.BYTES, bytes.getDouble(place * Double.BYTES) + by);
        return new Tensor(tensor.name(), DType.F64, tensor.shape(), bytes);
    }

    /** Larger than initial weights, so that no gradient is lost in rounding; norms and biases differ from 1 and 0. */
    private static List<Tensor> wideWeights(ClipConfig config) {
        List<Tensor> wide = new ArrayList<>();
        for (Tensor tensor : ClipInitialisation.weights(config, 5)) {
            float[] values = tensor.toFloats();
            SplittableRandom random = Randoms.of(6, wide.size());
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.3 * random.nextGaussian());
            }
            wide.add(Tensor.ofFloats(tensor.name(), values, tensor.shape()).as(DType.F64));
        }
        return wide;
    }
}

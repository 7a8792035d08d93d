package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import io.blemish.lm.OptGolden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every tensor's gradient against central differences, in float64, through the very script that inference runs. */
class TestLmGradients {
    private static final double STEP = 1e-5;
    private static final int PLACES = 3;

    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void equalCentralDifferences(String kind) {
        OptGolden golden = OptGolden.tiny(kind);
        TextBatches.Batch batch = LossOfGolden.batch(golden);
        try (Opt opt = golden.opt();
                LmTrainer trainer = LossOfGolden.trainer(opt, DType.F64, Integer.MAX_VALUE)) {
            backward(trainer, batch);
            assertThat(trainer.weights().trained()).hasSameSizeAs(opt.weights().script());
            for (String name : trainer.weights().trained()) {
                check(trainer, batch, name);
            }
        }
    }

    /** With the last block alone, its gradients are what they are with all of them, and the others have none. */
    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void frozenBlocksChangeNoGradient(String kind) {
        OptGolden golden = OptGolden.tiny(kind);
        TextBatches.Batch batch = LossOfGolden.batch(golden);
        try (Opt opt = golden.opt();
                LmTrainer whole = LossOfGolden.trainer(opt, DType.F64, Integer.MAX_VALUE);
                LmTrainer last = LossOfGolden.trainer(opt, DType.F64, 1)) {
            backward(whole, batch);
            backward(last, batch);
            assertThat(last.weights().trained())
                    .contains("block 2 qkv_weight", "block 2 norm2_bias")
                    .doesNotContain("block 1 qkv_weight", "token_embedding", "position_embedding", "project_in")
                    .hasSizeGreaterThan(12);
            assertThat(last.weights().array("block 1 qkv_weight").hasGradient()).isFalse();
            for (String name : last.weights().trained()) {
                assertThat(gradient(last, name)).as(name).isEqualTo(gradient(whole, name));
            }
        }
    }

    private static void backward(LmTrainer trainer, TextBatches.Batch batch) {
        try (NDManager scope = trainer.weights().manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(trainer.loss(scope, batch).get(0));
        }
    }

    private static double[] gradient(LmTrainer trainer, String name) {
        try (NDArray array = trainer.weights().array(name).getGradient()) {
            return array.toDoubleArray();
        }
    }

    private static void check(LmTrainer trainer, TextBatches.Batch batch, String name) {
        Tensor tensor = Weights.tensor(name, trainer.weights().array(name));
        double[] gradient = gradient(trainer, name);
        SplittableRandom random = Randoms.of(11, name.hashCode());
        for (int i = 0; i < PLACES; i++) {
            int place = random.nextInt(gradient.length);
            double slope = (loss(trainer, batch, tensor, place, STEP) - loss(trainer, batch, tensor, place, -STEP))
                    / (2 * STEP);
            assertThat(gradient[place])
                    .as("%s at %d", name, place)
                    .isCloseTo(slope, within(1e-8 + 1e-5 * Math.abs(slope)));
        }
    }

    /** The loss with one number of the weights moved, and moved back. */
    private static double loss(LmTrainer trainer, TextBatches.Batch batch, Tensor tensor, int place, double by) {
        Weights weights = trainer.weights();
        NDArray array = weights.array(tensor.name());
        weights.overwrite(List.of(array), List.of(moved(tensor, place, by)));
        try (NDManager scope = weights.manager().newSubManager()) {
            return trainer.loss(scope, batch)
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
}

package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.blemish.caption.MapperGolden;
import io.blemish.caption.MapperKind;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Loss and gradients of captions behind their prefixes: against PyTorch, and against central differences. */
class TestMapperGradients {
    private static final String KINDS = "io.blemish.caption.MapperGolden#KINDS";
    private static final double STEP = 1e-5;
    private static final int ATTEMPTS = 5;
    private static final long PAD = 1;

    private final MapperGolden golden = MapperGolden.tiny();

    /** As in a training: making code for each new shape takes longer than these few forwards do without it. */
    @BeforeEach
    void makeNoCode() {
        Engine.getEngine("PyTorch");
        JniUtils.setGraphExecutorOptimize(false);
    }

    @AfterEach
    void makeCode() {
        JniUtils.setGraphExecutorOptimize(true);
    }

    @ParameterizedTest
    @FieldSource(KINDS)
    void areThoseOfPyTorch(MapperKind kind) {
        assertParity(golden, kind);
    }

    @ParameterizedTest
    @FieldSource(KINDS)
    void areThoseOfPyTorchAtFullSize(MapperKind kind) {
        assertParity(MapperGolden.fullSize(), kind);
    }

    /** Of every tensor, the language model's included, in float64. */
    @ParameterizedTest
    @FieldSource(KINDS)
    void equalCentralDifferences(MapperKind kind) {
        CaptionBatches.Batch batch = batch(golden, 0);
        try (MapperTrainer trainer = trainer(golden, kind, DType.F64, Language.TUNED)) {
            backward(trainer, batch);
            for (String name : trainer.weights().trained()) {
                // The language model is the same behind each kind.
                if (kind == MapperKind.MLP || !name.startsWith("language model")) {
                    check(trainer, batch, name);
                }
            }
        }
    }

    /** Whether the language model is trained along changes no gradient of the mapper. */
    @Test
    void aFrozenLanguageModelGivesTheSameGradients() {
        try (MapperTrainer frozen = trainer(golden, MapperKind.MLP, DType.F32, Language.FROZEN);
                MapperTrainer tuned = trainer(golden, MapperKind.MLP, DType.F32, Language.TUNED)) {
            backward(frozen, batch(golden, 0));
            backward(tuned, batch(golden, 0));
            assertThat(frozen.trainedLanguageModel()).isEmpty();
            assertThat(tuned.trainedLanguageModel()).isNotEmpty();
            assertThat(frozen.weights().trained()).hasSize(4);
            for (String name : frozen.weights().trained()) {
                assertThat(gradient(frozen, name)).containsExactly(gradient(tuned, name), within(1e-6));
            }
        }
    }

    @Test
    void padsContributeNothing() {
        try (MapperTrainer one = trainer(golden, MapperKind.TRANSFORMER, DType.F32, Language.FROZEN);
                MapperTrainer other = trainer(golden, MapperKind.TRANSFORMER, DType.F32, Language.FROZEN)) {
            double loss = backward(one, batch(golden, 0));
            assertThat(backward(other, batch(golden, 4))).isCloseTo(loss, within(1e-6));
            for (String name : one.weights().trained()) {
                assertThat(gradient(other, name)).containsExactly(gradient(one, name), within(1e-6));
            }
        }
    }

    private static void assertParity(MapperGolden golden, MapperKind kind) {
        try (MapperTrainer trainer = trainer(golden, kind, DType.F32, Language.FROZEN)) {
            float expected =
                    golden.values().tensor("loss_" + MapperGolden.name(kind)).toFloats()[0];
            assertThat(backward(trainer, batch(golden, 0))).isCloseTo(expected, within(1e-4 * expected));

            String prefix = "grad_" + MapperGolden.name(kind) + ".";
            List<String> named = golden.values().names().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            assertThat(named).hasSizeBetween(2, 3);
            for (String name : named) {
                double[] gradient = gradient(trainer, name.substring(prefix.length()));
                float[] theirs = golden.values().tensor(name).toFloats();
                assertThat(distance(gradient, theirs)).as(name).isLessThan(1e-3);
            }
        }
    }

    private enum Language {
        FROZEN,
        TUNED
    }

    private static MapperTrainer trainer(MapperGolden golden, MapperKind kind, DType dtype, Language language) {
        MapperWeights weights = golden.weights(kind);
        try (Opt opt = golden.opt()) {
            CaptionLm lm = language == Language.FROZEN ? CaptionLm.frozen(opt) : CaptionLm.tuned(opt);
            CaptionLm typed = new CaptionLm(lm.archive(), as(lm.trained(), dtype), lm.pad());
            return new MapperTrainer(
                    weights.config(),
                    as(weights.script(), dtype),
                    typed,
                    new CaptionData(List.of(), List.of(), List.of(), 0, 0, ""),
                    new long[0],
                    new MapperTraining(4, 1, 0.5, 0));
        }
    }

    private static List<Tensor> as(List<Tensor> tensors, DType dtype) {
        return tensors.stream().map(tensor -> tensor.as(dtype)).toList();
    }

    /** The golden captions, with so many more pads. */
    private static CaptionBatches.Batch batch(MapperGolden golden, int pads) {
        Tensor captions = golden.values().tensor("caption_ids");
        int rows = Math.toIntExact(captions.size(0));
        int length = Math.toIntExact(captions.size(1));
        long[] given = new long[rows * length];
        captions.data().asLongBuffer().get(given);
        long[] ids = new long[rows * (length + pads)];
        Arrays.fill(ids, PAD);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(given, row * length, ids, row * (length + pads), length);
        }
        long[] targets =
                Arrays.stream(ids).map(id -> id == PAD ? TextBatches.NONE : id).toArray();
        return new CaptionBatches.Batch(golden.embeddings(), ids, targets);
    }

    private static double backward(MapperTrainer trainer, CaptionBatches.Batch batch) {
        try (NDManager scope = trainer.weights().manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = trainer.loss(scope, batch).get(0);
            collector.backward(loss);
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    private static double[] gradient(MapperTrainer trainer, String name) {
        try (NDArray array = trainer.weights().array(name).getGradient();
                NDArray exact = array.toType(DataType.FLOAT64, true)) {
            return exact.toDoubleArray();
        }
    }

    private static double distance(double[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    private static void check(MapperTrainer trainer, CaptionBatches.Batch batch, String name) {
        Tensor tensor = Weights.tensor(name, trainer.weights().array(name));
        double[] gradient = gradient(trainer, name);
        SplittableRandom random = Randoms.of(11, name.hashCode());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int place = random.nextInt(gradient.length);
            double slope = slope(trainer, batch, tensor, place, STEP);
            // A step may cross the kink of a rectifier, which has no slope: then another number is moved.
            if (Math.abs(slope - slope(trainer, batch, tensor, place, STEP / 2)) < tolerance(slope)) {
                assertThat(gradient[place]).as("%s at %d", name, place).isCloseTo(slope, within(tolerance(slope)));
                return;
            }
        }
        throw new AssertionError(name + " has a kink wherever it is moved");
    }

    private static double tolerance(double slope) {
        return 1e-8 + 1e-5 * Math.abs(slope);
    }

    private static double slope(
            MapperTrainer trainer, CaptionBatches.Batch batch, Tensor tensor, int place, double step) {
        return (loss(trainer, batch, tensor, place, step) - loss(trainer, batch, tensor, place, -step)) / (2 * step);
    }

    /** The loss with one number of the weights moved, and moved back. */
    private static double loss(MapperTrainer trainer, CaptionBatches.Batch batch, Tensor tensor, int place, double by) {
        Weights weights = trainer.weights();
        NDArray array = weights.array(tensor.name());
        weights.overwrite(List.of(array), List.of(moved(tensor, place, by)));
        try (NDManager scope = weights.manager().newSubManager()) {
            return trainer.loss(scope, batch).get(0).getDouble();
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

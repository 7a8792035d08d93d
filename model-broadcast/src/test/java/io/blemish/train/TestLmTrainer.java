package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import io.blemish.lm.OptGolden;
import io.blemish.lm.OptWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TestLmTrainer {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    private record Trained(List<Epoch> epochs, Map<String, float[]> weights) {}

    /** Somebody pulls the plug. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Padding is no target, and the end of a text is one. */
    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void lossIsThatOfTransformers(String kind) {
        OptGolden golden = OptGolden.tiny(kind);
        TextBatches.Batch batch = LossOfGolden.batch(golden);
        assertThat(batch.told()).isEqualTo(11 + 8 + 5);
        try (Opt opt = golden.opt();
                LmTrainer trainer = LossOfGolden.trainer(opt, DType.F32, ALL);
                NDManager scope = trainer.weights().manager().newSubManager()) {
            assertThat(trainer.loss(scope, batch).get(0).getFloat())
                    .isCloseTo(golden.values().tensor("loss").toFloats()[0], within(2e-6f));
        }
    }

    /** Another number of pads, and other tokens in their place, change neither the loss nor any gradient. */
    @Test
    void padsContributeNothing() {
        TextBatches.Batch batch = LossOfGolden.batch(OptGolden.tiny("pre-norm"));
        TextBatches.Batch wider = widened(batch, 3, 250);
        try (Opt opt = OptGolden.tiny("pre-norm").opt();
                LmTrainer trainer = LossOfGolden.trainer(opt, DType.F64, ALL);
                LmTrainer padded = LossOfGolden.trainer(opt, DType.F64, ALL)) {
            assertThat(backward(padded, wider)).isCloseTo(backward(trainer, batch), within(1e-12));
            for (String name : trainer.weights().trained()) {
                assertClose(gradient(padded, name), gradient(trainer, name), name);
            }
        }
    }

    @Test
    void learnsAndIsTheSameWheneverItIsRepeated() {
        Trained first = train("first", ALL, options(6, 600), TrainingListener.NONE);
        Trained second = train("second", ALL, options(6, 600), TrainingListener.NONE);

        double before = first.epochs.get(0).validation().loss();
        assertThat(first.epochs.get(5).validation().loss()).isLessThan(before / 2);
        assertThat(first.epochs.get(5).validation().examples()).isEqualTo(validationTokens());
        assertThat(first.epochs.get(5).training().examples())
                .isEqualTo(ToyTexts.data(folder).trainingTokens());
        assertSame(second, first);
    }

    @Test
    void goesOnAfterAKillAsIfNothingHadHappened() {
        Trained undisturbed = train("undisturbed", ALL, options(3, 600), TrainingListener.NONE);
        for (long killAfter : new long[] {4, 9, 13}) {
            assertThatThrownBy(() -> train("killed", ALL, options(3, 0), killer(killAfter)))
                    .isInstanceOf(Killed.class);
        }

        assertSame(train("killed", ALL, options(3, 0), TrainingListener.NONE), undisturbed);
    }

    @Test
    void frozenWeightsStayAsTheyAre() {
        Map<String, float[]> before =
                values(OptWeights.random(ToyTexts.config(), 5).script());
        Trained trained = train("frozen", 1, options(1, 600), TrainingListener.NONE);

        trained.weights.forEach((name, values) -> {
            if (name.startsWith("block 1") || name.startsWith("last_norm")) {
                assertThat(values).as(name).isNotEqualTo(before.get(name));
            } else {
                assertThat(values).as(name).isEqualTo(before.get(name));
            }
        });
    }

    @Test
    void sampleTextsFollowTheSeed() {
        TextData data = ToyTexts.data(folder);
        try (LmTrainer trainer = ToyTexts.trainer(data, ALL);
                OptTokenizer tokenizer = OptTokenizer.open(folder)) {
            Training.run(trainer, options(12, 600), state("sampled"), TrainingListener.NONE);
            long[] sample = trainer.sample(1, 30);

            assertThat(trainer.sample(1, 30)).isEqualTo(sample);
            assertThat(trainer.sample(2, 30)).isNotEqualTo(sample);
            assertThat(tokenizer.decode(sample)).startsWith("an ").contains(" with ");
            assertThat(trainer.sample(1, 3)).hasSizeLessThanOrEqualTo(3).isEqualTo(Arrays.copyOf(sample, 3));
            assertThat(trainer.sample(1, 1000)).hasSizeLessThan(32);
        }
    }

    private static double backward(LmTrainer trainer, TextBatches.Batch batch) {
        try (NDManager scope = trainer.weights().manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList loss = trainer.loss(scope, batch);
            collector.backward(loss.get(0));
            return loss.get(0).getDouble();
        }
    }

    private static double[] gradient(LmTrainer trainer, String name) {
        try (NDArray array = trainer.weights().array(name).getGradient()) {
            return array.toDoubleArray();
        }
    }

    private static TextBatches.Batch widened(TextBatches.Batch batch, int more, long filler) {
        int length = batch.length() + more;
        long[] ids = new long[batch.texts() * length];
        long[] targets = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            int text = i / length;
            int at = i % length;
            boolean told = at < batch.length() && batch.targets()[text * batch.length() + at] != TextBatches.NONE;
            ids[i] = told ? batch.ids()[text * batch.length() + at] : filler;
            targets[i] = told ? batch.targets()[text * batch.length() + at] : TextBatches.NONE;
        }
        return new TextBatches.Batch(ids, targets, batch.texts(), batch.told());
    }

    private static void assertClose(double[] actual, double[] expected, String name) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("%s at %d", name, i).isCloseTo(expected[i], within(1e-12));
        }
    }

    private long validationTokens() {
        return ToyTexts.data(folder).validation().stream()
                .mapToLong(TextData.Window::targets)
                .sum();
    }

    private static TrainingListener killer(long step) {
        return new TrainingListener() {
            @Override
            public void step(long taken, long steps, Score score, int epoch) {
                if (taken == step) {
                    throw new Killed();
                }
            }
        };
    }

    private static TrainingOptions options(int epochs, int checkpointSeconds) {
        return new TrainingOptions(
                epochs, 1, 0.01, 0.1, AdamW.Options.ofLanguageModels(0.1), epochs, 1, checkpointSeconds);
    }

    private TrainingFolder state(String name) {
        return new TrainingFolder(folder.resolve(name), name);
    }

    private Trained train(String name, int blocks, TrainingOptions options, TrainingListener listener) {
        try (LmTrainer trainer = ToyTexts.trainer(ToyTexts.data(folder), blocks)) {
            List<Epoch> epochs = Training.run(trainer, options, state(name), listener);
            state(name).delete();
            return new Trained(epochs, values(trainer.weights().tensors()));
        }
    }

    private static Map<String, float[]> values(List<Tensor> tensors) {
        Map<String, float[]> values = new TreeMap<>();
        tensors.forEach(tensor -> values.put(tensor.name(), tensor.toFloats()));
        return values;
    }

    private static void assertSame(Trained actual, Trained expected) {
        expected.weights.forEach(
                (name, values) -> assertThat(actual.weights.get(name)).as(name).isEqualTo(values));
        assertThat(actual.epochs.stream().map(Epoch::validation))
                .isEqualTo(expected.epochs.stream().map(Epoch::validation).toList());
    }
}

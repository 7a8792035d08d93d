package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.clip.ClipConfig;
import io.blemish.clip.ClipParameters;
import io.blemish.error.UserException;
import io.blemish.image.ImageProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTraining {
    private static final int EPOCHS = 3;
    private static final int LONG = 12;
    private static final int[] ALL = {2, 2};

    @TempDir
    private Path folder;

    private ClipConfig config;

    @BeforeEach
    void writeConfig() {
        config = ToyPairs.config(folder, "quick_gelu");
    }

    private record Trained(List<Epoch> epochs, Map<String, float[]> weights) {}

    /** Somebody pulls the plug. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void learnsAndIsTheSameWheneverItIsRepeated() {
        Trained first = train("first", ALL, options(LONG, 1, 1), TrainingListener.NONE);
        Trained second = train("second", ALL, options(LONG, 1, 1), TrainingListener.NONE);

        Epoch last = first.epochs.get(LONG - 1);
        assertThat(last.validation().loss())
                .isLessThan(first.epochs.get(0).validation().loss());
        assertThat(last.training().loss())
                .isLessThan(first.epochs.get(0).training().loss());
        assertThat(last.validation().accuracy()).isGreaterThanOrEqualTo(0.9);
        assertSame(second, first);
    }

    @Test
    void goesOnAfterAKillAsIfNothingHadHappened() {
        Trained undisturbed = train("undisturbed", ALL, options(EPOCHS, 1, 1), TrainingListener.NONE);
        // State is saved after every step, so that it goes on within an epoch too.
        for (long killAfter : new long[] {3, 11, 14}) {
            assertThatThrownBy(() -> train("killed", ALL, options(EPOCHS, 1, 0), killer(killAfter)))
                    .isInstanceOf(Killed.class);
        }
        Resumed resumed = new Resumed();
        Trained whole = train("killed", ALL, options(EPOCHS, 1, 0), resumed);

        assertThat(resumed.from).isBetween(12L, 14L);
        assertSame(whole, undisturbed);
    }

    @Test
    void goesOnWithAnotherNumberOfThreads() {
        TrainingOptions one = options(1, 1, 0);
        TrainingOptions two = new TrainingOptions(
                one.epochs(), one.accumulation(), one.rate(), one.warmUp(), one.optimiser(), one.patience(), 2, 600);
        assertThatThrownBy(() -> train("threads", ALL, one, killer(2))).isInstanceOf(Killed.class);

        Resumed resumed = new Resumed();
        Trained trained = train("threads", ALL, two, resumed);

        assertThat(resumed.from).isPositive();
        assertThat(trained.epochs).hasSize(1);
    }

    @Test
    void refusesTheStateOfAnotherTraining() {
        assertThatThrownBy(() -> train("other", ALL, options(EPOCHS, 1, 0), killer(7)))
                .isInstanceOf(Killed.class);

        assertThatThrownBy(() -> train("other", ALL, options(EPOCHS + 1, 1, 0), TrainingListener.NONE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it was begun with other data, options or another model");
    }

    @Test
    void frozenWeightsStayAsTheyAre() {
        Map<String, float[]> before = values(ClipInitialisation.weights(config, 1));
        Trained trained = train("frozen", new int[] {1, 0}, options(1, 2, 1), TrainingListener.NONE);

        ClipTrained selection = new ClipTrained(config, 1, 0);
        assertThat(selection.trained("vision_model.encoder.layers.0.mlp.fc1.weight"))
                .isFalse();
        assertThat(selection.trained("vision_model.encoder.layers.1.mlp.fc1.weight"))
                .isTrue();
        assertThat(selection.trained("text_model.encoder.layers.1.mlp.fc1.weight"))
                .isFalse();
        assertThat(selection.trained("vision_model.embeddings.class_embedding")).isFalse();
        assertThat(selection.trained("text_projection.weight")).isTrue();
        assertThat(trained.weights.keySet()).isEqualTo(before.keySet());
        trained.weights.forEach((name, values) -> {
            // The keys' bias moves all scores of a softmax alike: nothing but rounding moves it.
            if (selection.trained(name) && !name.endsWith("k_proj.bias")) {
                assertThat(values).as(name).isNotEqualTo(before.get(name));
            } else if (!selection.trained(name)) {
                assertThat(values).as(name).isEqualTo(before.get(name));
            }
        });
    }

    @Test
    void frozenBlocksAreNotRecorded() {
        try (PairData data = ToyPairs.data(40);
                ClipTrainer trainer = trainer(data, new int[] {0, 0})) {
            trainer.train(1, 0);
            assertThat(trainer.weights().trained())
                    .contains(ClipParameters.LOGIT_SCALE, "visual_projection.weight")
                    .noneMatch(name -> name.contains("encoder.layers") || name.contains("embeddings"));
            assertThat(trainer.weights()
                            .array("vision_model.encoder.layers.1.mlp.fc1.weight")
                            .hasGradient())
                    .isFalse();
        }
    }

    @Test
    void stopsEarlyAndKeepsTheBestEpoch() {
        // A rate that throws the weights about soon makes validation worse.
        TrainingOptions wild = new TrainingOptions(12, 1, 0.5, 0, AdamW.Options.ofClip(0), 2, 1, 600);
        TrainingFolder state = new TrainingFolder(folder.resolve("wild"), "wild");
        List<Map<String, float[]>> afterEpochs = new ArrayList<>();
        try (PairData data = ToyPairs.data(80);
                ClipTrainer trainer = trainer(data, ALL)) {
            List<Epoch> epochs = Training.run(trainer, wild, state, new TrainingListener() {
                @Override
                public void epoch(Epoch ended) {
                    afterEpochs.add(values(trainer));
                }
            });

            int best = EarlyStopping.best(epochs).orElseThrow().epoch();
            assertThat(epochs).hasSize(best + 2).hasSizeLessThan(12);
            assertEqual(values(trainer), afterEpochs.get(best - 1));
            assertThat(afterEpochs.get(best + 1).get("visual_projection.weight"))
                    .isNotEqualTo(afterEpochs.get(best - 1).get("visual_projection.weight"));
        }
    }

    @Test
    void logitScaleStaysInItsRange() {
        try (PairData data = ToyPairs.data(40);
                ClipTrainer trainer = trainer(data, ALL)) {
            for (float[] pair : new float[][] {{5, (float) Math.log(100)}, {-1, 0}, {2, 2}}) {
                trainer.weights()
                        .overwrite(
                                List.of(trainer.weights().array("logit_scale")),
                                List.of(Tensor.ofFloats("logit_scale", new float[] {pair[0]})));
                trainer.afterStep();
                assertThat(trainer.weights().array("logit_scale").getFloat()).isEqualTo(pair[1]);
            }
        }
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

    private static final class Resumed implements TrainingListener {
        private long from;

        @Override
        public void resumed(long step) {
            from = step;
        }
    }

    private static TrainingOptions options(int epochs, int accumulation, int checkpointSeconds) {
        return new TrainingOptions(
                epochs, accumulation, 0.01, 0.1, AdamW.Options.ofClip(0.1), epochs, 1, checkpointSeconds);
    }

    private Trained train(String name, int[] blocks, TrainingOptions options, TrainingListener listener) {
        TrainingFolder state = new TrainingFolder(folder.resolve(name), options.identity());
        try (PairData data = ToyPairs.data(80);
                ClipTrainer trainer = trainer(data, blocks)) {
            List<Epoch> epochs = Training.run(trainer, options, state, listener);
            state.delete();
            return new Trained(epochs, values(trainer));
        }
    }

    private ClipTrainer trainer(PairData data, int[] blocks) {
        return new ClipTrainer(
                config,
                ClipInitialisation.weights(config, 1),
                ImageProcessor.openAi(8),
                ToyPairs.tokenizer(),
                data,
                new ClipTraining(12, 9, 0.2, blocks[0], blocks[1], Augmentation.STANDARD));
    }

    private static Map<String, float[]> values(ClipTrainer trainer) {
        return values(StateDict.of(trainer.weights().tensors()));
    }

    private static Map<String, float[]> values(StateDict tensors) {
        Map<String, float[]> values = new TreeMap<>();
        tensors.forEach(tensor -> values.put(tensor.name(), tensor.toFloats()));
        return values;
    }

    private static void assertEqual(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }

    private static void assertSame(Trained actual, Trained expected) {
        assertEqual(actual.weights, expected.weights);
        List<Score> scores = new ArrayList<>();
        expected.epochs.forEach(epoch -> scores.addAll(List.of(epoch.training(), epoch.validation())));
        List<Score> found = new ArrayList<>();
        actual.epochs.forEach(epoch -> found.addAll(List.of(epoch.training(), epoch.validation())));
        assertThat(found).isEqualTo(scores);
    }
}

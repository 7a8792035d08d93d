package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperKind;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestMapperTrainer {
    private static final int EMBEDDING = 12;

    @TempDir
    private Path folder;

    private OptTokenizer tokenizer;
    private Function<String, long[]> tokens;

    @BeforeEach
    void openTokenizer() {
        tokenizer = ToyTexts.tokenizer(folder);
        tokens = caption -> ended(tokenizer.encode(caption));
    }

    @AfterEach
    void closeTokenizer() {
        tokenizer.close();
    }

    private record Trained(List<Epoch> epochs, Map<String, float[]> weights, Score exchanged) {}

    /** Somebody pulls the plug. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Each epoch drops other values, and the same whenever it is repeated. */
    @ParameterizedTest
    @EnumSource
    void learnsAndIsTheSameWheneverItIsRepeated(MapperKind kind) {
        Trained first = train("first", kind, Language.TUNED, options(6, 600), TrainingListener.NONE);
        Trained second = train("second", kind, Language.TUNED, options(6, 600), TrainingListener.NONE);

        double before = first.epochs.get(0).validation().loss();
        assertThat(EarlyStopping.best(first.epochs).orElseThrow().validation().loss())
                .isLessThan(0.7 * before);
        assertThat(first.epochs.get(0).training().examples()).isEqualTo(data().trainingTokens());
        assertSame(second, first);
    }

    /** Frozen random weights say little, but a prefix makes them say it. */
    @Test
    void onlyTheMapperChangesBeforeAFrozenLanguageModel() {
        Trained trained = train("frozen", MapperKind.MLP, Language.FROZEN, options(6, 600), TrainingListener.NONE);

        assertThat(trained.weights)
                .containsOnlyKeys("model.0.bias", "model.0.weight", "model.2.bias", "model.2.weight");
        assertThat(trained.epochs.get(5).training().loss())
                .isLessThan(trained.epochs.get(0).training().loss());
    }

    @Test
    void goesOnAfterAKillAsIfNothingHadHappened() {
        MapperKind kind = MapperKind.TRANSFORMER;
        Trained undisturbed = train("undisturbed", kind, Language.TUNED, options(3, 600), TrainingListener.NONE);
        for (long killAfter : new long[] {4, 9, 17}) {
            assertThatThrownBy(() -> train("killed", kind, Language.TUNED, options(3, 0), killer(killAfter)))
                    .isInstanceOf(Killed.class);
        }

        assertSame(train("killed", kind, Language.TUNED, options(3, 0), TrainingListener.NONE), undisturbed);
    }

    /** What the captions say depends on their images: behind the prefixes of others they are much less probable. */
    @Test
    void exchangedPrefixesAreWorseOnceItHasLearned() {
        Trained trained = train("exchanged", MapperKind.MLP, Language.TUNED, options(12, 600), TrainingListener.NONE);

        Epoch best = EarlyStopping.best(trained.epochs).orElseThrow();
        assertThat(trained.exchanged.examples()).isEqualTo(best.validation().examples());
        assertThat(trained.exchanged.loss())
                .isGreaterThan(1.5 * best.validation().loss());
    }

    @Test
    void anImagesCaptionsAreOnOneSideAndLongOnesAreCut() {
        CaptionData whole = data();
        CaptionData cut = encode(5);

        assertThat(whole.cut()).isZero();
        assertThat(whole.held()).hasSize(whole.validation().size());
        assertThat(whole.trainingImages() + whole.held().size()).isEqualTo(images().size());
        assertThat(cut.cut()).isEqualTo(images().size());
        assertThat(cut.training()).allMatch(told -> told.length() == 5);
        assertThat(cut.fingerprint()).isEqualTo(whole.fingerprint());
        List<CaptionedImage> other = new ArrayList<>(images());
        other.set(
                0,
                new CaptionedImage(
                        other.get(0).imageId(),
                        new float[EMBEDDING],
                        other.get(0).captions()));
        assertThat(CaptionData.encode(other, tokens, 30, 0.2).fingerprint()).isNotEqualTo(whole.fingerprint());
    }

    @Test
    void everyCaptionIsExchangedForThatOfAnotherImage() {
        CaptionData data = data();
        List<CaptionData.Told> exchanged = data.exchanged(3);

        for (int i = 0; i < exchanged.size(); i++) {
            CaptionData.Told own = data.validation().get(i);
            assertThat(exchanged.get(i).tokens()).isEqualTo(own.tokens());
            assertThat(exchanged.get(i).embedding()).isNotSameAs(own.embedding());
        }
    }

    @Test
    void promptAndPadsHaveNoTarget() {
        List<CaptionData.Told> captions = List.of(
                new CaptionData.Told(0, new float[2], new long[] {7, 8, 2}),
                new CaptionData.Told(1, new float[2], new long[] {9, 2}));
        CaptionBatches.Batch batch =
                new CaptionBatches(captions, new long[] {5, 6}, 4, 1, 1).plain().get(0);

        assertThat(batch.ids()).containsExactly(5, 6, 7, 8, 2, 5, 6, 9, 2, 1);
        assertThat(batch.targets()).containsExactly(-1, -1, 7, 8, 2, -1, -1, 9, 2, -1);
        assertThat(batch.length()).isEqualTo(5);
    }

    private enum Language {
        FROZEN,
        TUNED
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
        return new TrainingOptions(epochs, 1, 0.01, 0.1, AdamW.Options.ofMappers(0.01), epochs, 1, checkpointSeconds);
    }

    private TrainingFolder state(String name) {
        return new TrainingFolder(folder.resolve(name), name);
    }

    private Trained train(
            String name, MapperKind kind, Language language, TrainingOptions options, TrainingListener listener) {
        try (MapperTrainer trainer = trainer(kind, language)) {
            List<Epoch> epochs = Training.run(trainer, options, state(name), listener);
            state(name).delete();
            return new Trained(epochs, values(trainer.weights().tensors()), trainer.validateExchanged());
        }
    }

    private MapperTrainer trainer(MapperKind kind, Language language) {
        OptConfig config = ToyTexts.config();
        OptWeights lm = OptWeights.random(config, 5);
        MapperConfig mapper =
                MapperConfig.standard(kind, EMBEDDING, 2, config.width()).withScale(EmbeddingScale.UNIT);
        if (mapper.layers() > 0) {
            mapper = mapper.withLayers(1);
        }
        return new MapperTrainer(
                mapper,
                MapperWeights.random(mapper, 3).script(),
                language == Language.FROZEN
                        ? new CaptionLm(lm.archiveForCaptions(Precision.FP32), List.of(), 1)
                        : new CaptionLm(OptWeights.archiveForCaptionTraining(config), lm.script(), 1),
                data(),
                new long[0],
                new MapperTraining(8, 9, 0.2, 0.1));
    }

    /** A caption's words as an image's embedding tells them: a number for each fruit, state and place. */
    private static List<CaptionedImage> images() {
        List<String> texts = ToyTexts.texts().stream().distinct().toList();
        List<CaptionedImage> images = new ArrayList<>();
        for (int i = 0; i < 2 * texts.size(); i++) {
            int text = i / 2;
            float[] embedding = new float[EMBEDDING];
            embedding[text / 15] = 2;
            embedding[4 + text / 3 % 5] = 2;
            embedding[9 + text % 3] = 2;
            embedding[0] += 0.1f * (i % 2);
            images.add(new CaptionedImage("image " + i, embedding, List.of(texts.get(text))));
        }
        return images;
    }

    private CaptionData data() {
        return encode(30);
    }

    private CaptionData encode(int longest) {
        return CaptionData.encode(images(), tokens, longest, 0.2);
    }

    private static long[] ended(long[] ids) {
        long[] ended = Arrays.copyOfRange(ids, 1, ids.length + 1);
        ended[ids.length - 1] = 2;
        return ended;
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
        assertThat(actual.exchanged).isEqualTo(expected.exchanged);
    }
}

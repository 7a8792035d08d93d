package io.blemish.jobs;

import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperKind;
import io.blemish.checkpoint.DType;
import io.blemish.train.AdamW;
import io.blemish.train.MapperTraining;
import io.blemish.train.TrainingOptions;
import java.util.Optional;
import java.util.OptionalInt;

/** How the demo trains a mapper: small, for a minute or two, on the captions of its own photographs. */
final class DemoTraining {
    private static final int PREFIX = 8;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int BATCH = 32;
    private static final int EPOCHS = 10;
    private static final int CHECKPOINT_SECONDS = 180;
    private static final double RATE = 1e-3;

    private DemoTraining() {}

    static TrainOptions options(DemoOptions options, DemoOptions.Captions captions) {
        return new TrainOptions(
                new TrainOptions.Models(options.clip(), captions.languageModel(), TrainOptions.Tuning.FROZEN),
                CaptionChoice.parse("truths"),
                options.mapper(),
                new TrainOptions.Architecture(
                        MapperKind.TRANSFORMER,
                        EmbeddingScale.UNIT,
                        PREFIX,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(LAYERS),
                        OptionalInt.of(HEADS)),
                Optional.empty(),
                "",
                new MapperTraining(BATCH, options.seed(), 0.1, 0.1),
                new TrainingOptions(
                        EPOCHS,
                        1,
                        RATE,
                        0.05,
                        AdamW.Options.ofMappers(0.01),
                        EPOCHS,
                        Runtime.getRuntime().availableProcessors(),
                        CHECKPOINT_SECONDS),
                64,
                DType.F32,
                new TrainingRecipe("the demo's photographs and what is true of them", "bin/blemish demo --train"));
    }
}

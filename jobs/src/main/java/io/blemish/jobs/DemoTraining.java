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
    private static final int HIDDEN = 512;
    private static final int BATCH = 32;
    private static final int EPOCHS = 30;
    private static final int CHECKPOINT_SECONDS = 180;
    private static final double RATE = 3e-3;

    private static final double WARM_UP = 0.05;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double DROPOUT = 0.05;
    private static final double VALIDATION = 0.1;
    private static final int SAMPLES = 64;

    private DemoTraining() {}

    static TrainOptions options(DemoOptions options, DemoOptions.Captions captions) {
        return new TrainOptions(
                new TrainOptions.Models(options.clip(), captions.languageModel(), TrainOptions.Tuning.FROZEN),
                CaptionChoice.parse("truths"),
                TimeWindow.always(),
                options.mapper(),
                new TrainOptions.Architecture(
                        MapperKind.MLP,
                        EmbeddingScale.RAW,
                        PREFIX,
                        OptionalInt.of(HIDDEN),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()),
                Optional.empty(),
                "",
                new MapperTraining(BATCH, options.seed(), VALIDATION, DROPOUT),
                new TrainingOptions(
                        EPOCHS,
                        1,
                        RATE,
                        WARM_UP,
                        AdamW.Options.ofMappers(WEIGHT_DECAY),
                        EPOCHS,
                        Runtime.getRuntime().availableProcessors(),
                        CHECKPOINT_SECONDS),
                SAMPLES,
                DType.F32,
                new TrainingRecipe("the demo's photographs and what is true of them", "bin/blemish demo --train"));
    }
}

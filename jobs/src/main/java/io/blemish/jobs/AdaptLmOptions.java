package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.checkpoint.DType;
import io.blemish.train.LmTraining;
import io.blemish.train.TrainingOptions;
import java.nio.file.Path;

/**
 * How a language model is trained.
 *
 * @param start where it starts
 * @param out folder of the result
 * @param texts batches, validation, trained blocks
 * @param training steps and their size
 * @param precision of the weights that are written, F32 or F16
 * @param recipe for the model's card
 */
public record AdaptLmOptions(
        TrainingStart start,
        Path out,
        LmTraining texts,
        TrainingOptions training,
        DType precision,
        TrainingRecipe recipe) {
    public AdaptLmOptions {
        requireNonNull(start, "start is null");
        requireNonNull(out, "out is null");
    }
}

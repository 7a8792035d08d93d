package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.checkpoint.DType;
import io.blemish.train.ClipTraining;
import io.blemish.train.TrainingOptions;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * How a CLIP is trained.
 *
 * @param start where it starts
 * @param side of the pictures in pixels, if it is to be another than at the start
 * @param out folder of the result
 * @param contrast batches, validation, trained blocks
 * @param training steps and their size
 * @param precision of the weights that are written, F32 or F16
 * @param recipe what the model card tells of data and command
 */
public record AdaptClipOptions(
        TrainingStart start,
        OptionalInt side,
        Path out,
        ClipTraining contrast,
        TrainingOptions training,
        DType precision,
        TrainingRecipe recipe) {
    public AdaptClipOptions {
        requireNonNull(start, "start is null");
        requireNonNull(out, "out is null");
    }
}

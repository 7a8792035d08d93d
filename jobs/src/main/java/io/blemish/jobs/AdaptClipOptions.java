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
        Start start,
        OptionalInt side,
        Path out,
        ClipTraining contrast,
        TrainingOptions training,
        DType precision,
        Recipe recipe) {
    public AdaptClipOptions {
        requireNonNull(start, "start is null");
        requireNonNull(out, "out is null");
    }

    /**
     * Where a training starts.
     *
     * @param kind random weights, or those of a checkpoint
     * @param folder with the architecture, or with the checkpoint
     */
    public record Start(Kind kind, Path folder) {
        /** In words. */
        String told() {
            return switch (kind) {
                case RANDOM -> "random weights";
                case CHECKPOINT -> "the checkpoint " + folder.getFileName();
            };
        }
    }

    /**
     * How to train the model again.
     *
     * @param data where pictures and captions are from
     * @param command as it was given
     */
    public record Recipe(String data, String command) {}

    /** Kinds of starts. */
    public enum Kind {
        RANDOM,
        CHECKPOINT
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a training starts.
 *
 * @param kind random weights, or those of a checkpoint
 * @param path of the architecture, or of the checkpoint
 */
public record TrainingStart(Kind kind, Path path) {
    public TrainingStart {
        requireNonNull(kind, "kind is null");
        requireNonNull(path, "path is null");
    }

    /** Kinds of starts. */
    public enum Kind {
        RANDOM,
        CHECKPOINT
    }

    /** In words. */
    String told() {
        return switch (kind) {
            case RANDOM -> "random weights";
            case CHECKPOINT -> "the checkpoint " + path.getFileName();
        };
    }
}

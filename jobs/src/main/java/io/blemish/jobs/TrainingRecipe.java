package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

/**
 * How to train a model again.
 *
 * @param data what it was trained on, in words
 * @param command as it was given
 */
public record TrainingRecipe(String data, String command) {
    public TrainingRecipe {
        requireNonNull(data, "data is null");
        requireNonNull(command, "command is null");
    }
}

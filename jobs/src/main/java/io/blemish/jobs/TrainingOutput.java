package io.blemish.jobs;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a training writes its model to, and its state meanwhile.
 *
 * @param folder named by {@code --out}
 * @param model what it becomes: {@code model} or {@code mapper}
 */
record TrainingOutput(Path folder, String model) {
    /** Where the state lies until the model is finished. */
    Path state() {
        return folder.resolve(".training");
    }

    /** A model that is finished is never overwritten, least of all the one that a training starts from. */
    void requireNoModel() {
        boolean finished = Files.exists(folder.resolve("model.safetensors"));
        if (finished && !Files.exists(state())) {
            throw UserException.cannot(
                    "write a " + model + " to " + folder, "it holds one already", "Name another folder with --out");
        }
    }

    /** Makes the folder, unless it is there. */
    void create() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw UserException.cannot(
                    "write to " + folder, e.toString(), "Name a folder that can be written to with --out", e);
        }
    }
}

package io.blemish.lm;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.Precision;
import io.blemish.error.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The language models that there are, by the {@code model_type} of their configuration. */
public final class CausalLms {
    private static final int BUFFER_BYTES = 1 << 16;

    private CausalLms() {}

    /**
     * Opens a checkpoint's folder, as Hugging Face lays it out.
     *
     * @throws UserException one line, for anything that is missing, left over, of the wrong shape or type, or of an unknown architecture
     */
    public static LmCheckpoint checkpoint(Path folder) {
        JsonNode config = Checkpoint.configuration(folder);
        String type = config.path("model_type").asText("");
        return switch (type) {
            case "opt" -> Opt.open(folder);
            case "gpt2" -> Gpt2.open(folder);
            default ->
                throw UserException.cannot(
                        "open the language model " + folder,
                        "the model_type of its config.json is \"" + type + "\"",
                        "Name the folder of an OPT (\"opt\") or a GPT-2 (\"gpt2\")");
        };
    }

    /**
     * Opens a checkpoint's folder and loads the model.
     *
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static CausalLm open(Path folder, Precision precision, String device) {
        return load(checkpoint(folder), precision, device);
    }

    /** Loads the model of a checkpoint. */
    public static CausalLm load(LmCheckpoint checkpoint, Precision precision, String device) {
        try {
            Path archive = Files.createTempFile("lm", ".pt");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER_BYTES)) {
                    checkpoint.write(out, precision);
                }
                return load(archive, device);
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the language model to the folder for temporary files", e);
        }
    }

    /**
     * Loads a model from its archive and warms it up. The file may be deleted afterwards.
     *
     * @param archive written by {@link LmCheckpoint#write}
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static CausalLm load(Path archive, String device) {
        return ScriptedLm.load(archive, device);
    }
}

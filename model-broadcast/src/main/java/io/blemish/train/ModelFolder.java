package io.blemish.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The folder that a trained model ends up in, as Hugging Face lays it out, with the course of its training beside it. */
public final class ModelFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOKENIZER =
            List.of("tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json");

    private final Path folder;

    /** A folder that exists. */
    public ModelFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether a folder holds a tokenizer in one of Hugging Face's two forms. */
    public static boolean hasTokenizer(Path folder) {
        return Files.isRegularFile(folder.resolve("tokenizer.json"))
                || (Files.isRegularFile(folder.resolve("vocab.json"))
                        && Files.isRegularFile(folder.resolve("merges.txt")));
    }

    /** Copies the files of another folder's tokenizer. */
    public void copyTokenizer(Path from) {
        if (!hasTokenizer(from)) {
            throw UserException.cannot(
                    "use the tokenizer of " + from,
                    "it has neither tokenizer.json nor vocab.json and merges.txt",
                    "Add the files that belong to the checkpoint");
        }

        try {
            for (String name : TOKENIZER) {
                if (Files.isRegularFile(from.resolve(name))) {
                    Files.copy(from.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Writes a file of JSON. */
    public void writeJson(String name, ObjectNode json) {
        try {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve(name).toFile(), json);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Writes {@code model.safetensors}.
     *
     * @param precision F32 or F16
     */
    public void writeWeights(Collection<Tensor> weights, DType precision) {
        List<Tensor> stored =
                weights.stream().map(tensor -> tensor.as(precision)).toList();
        Safetensors.write(folder.resolve("model.safetensors"), stored, Map.of("format", "pt"));
    }

    /**
     * Writes the course of the training as numbers, {@code metrics.json}, and as a picture, {@code loss-curve.png}.
     *
     * @param title of the picture
     * @param accuracy what a score's accuracy is
     * @param facts to begin the numbers with
     */
    public void writeMetrics(String title, String accuracy, ObjectNode facts, List<Epoch> epochs) {
        ObjectNode metrics = facts.deepCopy();
        EarlyStopping.best(epochs).ifPresent(best -> metrics.set("best", JSON.valueToTree(best)));
        metrics.set("epochs", JSON.valueToTree(epochs));
        writeJson("metrics.json", metrics);
        LossCurve.write(folder.resolve("loss-curve.png"), title, accuracy, epochs);
    }

    /** Writes {@code README.md}. */
    public void writeCard(String card) {
        try {
            Files.writeString(folder.resolve("README.md"), card, UTF_8);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UserException unwritable(IOException e) {
        return UserException.cannot(
                "write the model to " + folder, e.toString(), "Check the folder and its free space", e);
    }
}

package io.blemish.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.Safetensors;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which a training keeps its state, so that one that was killed goes on from there.
 *
 * <p>{@code state.json} names the files of tensors that belong to it. It is replaced in one step, and files are deleted
 * only once no state names them: whenever the process dies, a whole state is there.
 */
public final class TrainingFolder {
    private static final String STATE = "state.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String identity;

    /**
     * A folder, created when something is saved.
     *
     * @param identity of the training: its data, options and starting point; a state of another one is refused
     */
    public TrainingFolder(Path folder, String identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /** Whether there is a state to go on from. */
    public boolean holdsState() {
        return Files.isRegularFile(folder.resolve(STATE));
    }

    /** Deletes the state: the training is over. */
    public void delete() {
        if (!Files.isDirectory(folder)) {
            return;
        }

        try {
            Files.deleteIfExists(folder.resolve(STATE));
            deleteAllBut(Set.of());
            Files.delete(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    Optional<TrainingState> load() {
        if (!holdsState()) {
            return Optional.empty();
        }

        try {
            JsonNode json = JSON.readTree(folder.resolve(STATE).toFile());
            if (!json.path("identity").asText().equals(identity)) {
                throw UserException.cannot(
                        "go on with the training in " + folder,
                        "it was begun with other data, options or another model",
                        "Repeat the command that began it, or delete the folder to begin anew");
            }

            return Optional.of(new TrainingState(
                    json.get("step").asLong(),
                    json.get("epoch").asInt(),
                    json.get("batch").asInt(),
                    JSON.treeToValue(json.get("score"), Score.class),
                    json.get("seconds").asDouble(),
                    JSON.convertValue(json.get("epochs"), new TypeReference<List<Epoch>>() {}),
                    StateDict.read(folder.resolve(json.get("values").asText())),
                    Optional.ofNullable(json.get("best")).map(name -> StateDict.read(folder.resolve(name.asText())))));
        } catch (IOException e) {
            throw UserException.cannot(
                    "go on with the training in " + folder, e.toString(), "Delete the folder to begin anew", e);
        }
    }

    void save(TrainingState state) {
        String values = "step-" + state.step() + ".safetensors";
        ObjectNode json = JSON.createObjectNode();
        json.put("identity", identity)
                .put("step", state.step())
                .put("epoch", state.epoch())
                .put("batch", state.batch())
                .put("seconds", state.seconds())
                .put("values", values);
        json.set("score", JSON.valueToTree(state.score()));
        json.set("epochs", JSON.valueToTree(state.epochs()));
        try {
            Files.createDirectories(folder);
            write(values, state.values());
            Optional<String> best = saveBest(state);
            best.ifPresent(name -> json.put("best", name));
            Path partial = folder.resolve(STATE + ".partial");
            JSON.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), json);
            Files.move(
                    partial,
                    folder.resolve(STATE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            deleteAllBut(best.map(name -> Set.of(STATE, values, name)).orElse(Set.of(STATE, values)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Optional<String> saveBest(TrainingState state) {
        return state.best().map(weights -> {
            int epoch = EarlyStopping.best(state.epochs()).map(Epoch::epoch).orElse(0);
            String name = "best-" + epoch + ".safetensors";
            if (!Files.exists(folder.resolve(name))) {
                write(name, weights);
            }
            return name;
        });
    }

    private void write(String name, StateDict values) {
        Safetensors.write(folder.resolve(name), stream(values).toList(), Map.of());
    }

    private static Stream<Tensor> stream(StateDict values) {
        return values.names().stream().map(values::tensor);
    }

    private void deleteAllBut(Set<String> kept) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean ours = name.endsWith(".safetensors") || name.endsWith(".partial");
                if (ours && !kept.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private UserException unwritable(IOException e) {
        return UserException.cannot(
                "keep the state of the training in " + folder, e.toString(), "Check the folder and its free space", e);
    }
}

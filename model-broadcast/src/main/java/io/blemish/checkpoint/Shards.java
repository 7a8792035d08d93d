package io.blemish.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads weights that an index, such as {@code model.safetensors.index.json}, spreads over files of its folder. */
final class Shards {
    private Shards() {}

    static StateDict read(Path index) {
        JsonNode weightMap = JsonFile.read(index).path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw refused(index, "it has no weight_map");
        }

        Map<String, StateDict> shards = new HashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        weightMap.properties().forEach(entry -> {
            String name = entry.getKey();
            String shard = entry.getValue().asText();
            requirePlainName(index, shard);
            StateDict found = shards.computeIfAbsent(shard, file -> StateDict.read(index.resolveSibling(file)));
            if (!found.contains(name)) {
                throw refused(index, "it looks for " + OneLine.of(name) + " in " + shard + ", which does not have it");
            }
            tensors.add(found.tensor(name));
        });
        requireAllNamed(index, shards, tensors.size());

        return StateDict.of(tensors);
    }

    private static void requirePlainName(Path index, String shard) {
        boolean plain = shard.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
        if (!plain) {
            throw refused(index, "it names the shard " + OneLine.of(shard) + ", which is not a file of its folder");
        }
    }

    private static void requireAllNamed(Path index, Map<String, StateDict> shards, int named) {
        int stored = shards.values().stream().mapToInt(StateDict::size).sum();
        if (stored != named) {
            throw refused(index, "it names " + named + " tensors, but its shards hold " + stored);
        }
    }

    private static UserException refused(Path index, String cause) {
        return UserException.cannot("read " + index, cause, "Fetch the index and its shards again");
    }
}

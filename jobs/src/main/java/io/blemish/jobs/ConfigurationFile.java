package io.blemish.jobs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Reads a configuration file: YAML whose nested names, joined by dots, are the keys. */
final class ConfigurationFile {
    private static final long MAX_BYTES = 1L << 20;

    private ConfigurationFile() {}

    /** The settings of the file in its order; a list becomes its items joined by commas. */
    static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", tree(file), file, settings);
        return settings;
    }

    private static JsonNode tree(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refusal(file, "it is larger than " + MAX_BYTES + " bytes", null);
            }
            YAMLMapper mapper = new YAMLMapper();
            mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            JsonNode tree = mapper.readTree(Files.readString(file));
            if (tree.isObject() || tree.isMissingNode() || tree.isNull()) {
                return tree;
            }
            throw refusal(file, "it is no list of keys and values", null);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("it is no YAML");
            throw refusal(file, problem + " (line " + line + ")", e);
        } catch (IOException e) {
            throw refusal(file, e.toString(), e);
        }
    }

    private static void flatten(String prefix, JsonNode node, Path file, Map<String, String> settings) {
        node.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, file, settings);
            } else if (value.isNull()) {
                throw refusal(file, "the key " + Printable.text(name) + " has no value", null);
            } else if (settings.put(name, text(value)) != null) {
                throw refusal(file, "the key " + Printable.text(name) + " is there twice", null);
            }
        });
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        StringJoiner items = new StringJoiner(",");
        value.forEach(item -> items.add(item.asText()));
        return items.toString();
    }

    private static UserException refusal(Path file, String cause, Throwable revealedBy) {
        return UserException.cannot(
                "read the configuration " + file,
                cause,
                "Correct the file, or name another one with --conf",
                revealedBy);
    }
}

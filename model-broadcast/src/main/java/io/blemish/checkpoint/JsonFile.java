package io.blemish.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a JSON object of bounded size from a file that someone else has written. */
final class JsonFile {
    private static final long MAX_BYTES = 64 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    static JsonNode read(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw UserException.cannot("read " + file, "it has " + size + " bytes", "Fetch the file again");
            }

            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            if (document == null || !document.isObject()) {
                throw UserException.cannot("read " + file, "it is not a JSON object", "Fetch the file again");
            }
            return document;
        } catch (JsonProcessingException e) {
            String cause = OneLine.of(e.getOriginalMessage());
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw UserException.cannot(
                    "read " + file, "it is not JSON in line " + line + ": " + cause, "Fetch the file again", e);
        } catch (IOException e) {
            throw UserException.cannot("read " + file, e.toString(), "Check that the file can be read", e);
        }
    }
}

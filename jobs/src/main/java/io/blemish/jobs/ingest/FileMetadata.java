package io.blemish.jobs.ingest;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a photograph besides its bytes, from its path or from a manifest.
 *
 * @param columns {@code product}, {@code site}, {@code line}, {@code lot}: those that were given
 * @param capturedAt when it was taken, if that was given and understood
 * @param attributes everything else that was given, {@code truth} among it
 * @param warnings what was given and not understood
 */
public record FileMetadata(
        Map<String, String> columns,
        Optional<Instant> capturedAt,
        Map<String, String> attributes,
        List<String> warnings) {
    static final List<String> COLUMNS = List.of("product", "site", "line", "lot");
    static final String CAPTURED_AT = "captured_at";

    public FileMetadata {
        columns = Map.copyOf(columns);
        attributes = Map.copyOf(attributes);
        warnings = List.copyOf(warnings);
    }

    /** Sorts named values into columns and attributes; empty values count as not given. */
    static FileMetadata of(Map<String, String> named) {
        Map<String, String> columns = new TreeMap<>();
        Map<String, String> attributes = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        Optional<Instant> capturedAt = Optional.empty();
        for (Map.Entry<String, String> entry : named.entrySet()) {
            String value = entry.getValue();
            if (value == null || value.isBlank()) {
                continue;
            }
            if (COLUMNS.contains(entry.getKey())) {
                columns.put(entry.getKey(), value);
            } else if (entry.getKey().equals(CAPTURED_AT)) {
                capturedAt = CaptureTime.parse(value);
                if (capturedAt.isEmpty()) {
                    warnings.add("captured_at is no time: " + value);
                }
            } else {
                attributes.put(entry.getKey(), value);
            }
        }
        return new FileMetadata(columns, capturedAt, attributes, warnings);
    }

    /** Nothing known, for the reason given. */
    static FileMetadata unknown(String warning) {
        return new FileMetadata(Map.of(), Optional.empty(), Map.of(), List.of(warning));
    }

    /** Turns the path of a file into what is known of it. */
    public interface Reader extends Serializable {
        FileMetadata read(String path);

        /** The reader that knows nothing. */
        static Reader none() {
            return path -> of(Map.of());
        }
    }
}

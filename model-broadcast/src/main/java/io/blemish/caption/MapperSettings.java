package io.blemish.caption;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.lm.Decoding;
import java.util.Optional;

/**
 * What a mapper was trained with, and must be used with.
 *
 * @param prompt between prefix and caption; empty for none
 * @param encoder {@link io.blemish.clip.Clip#fingerprint()} of the model that made the embeddings; none where nobody wrote it down
 * @param languageModel the fingerprint of the language model in fp32; none where nobody wrote it down
 * @param decoding how captions are written unless something else is asked for
 */
public record MapperSettings(
        String prompt, Optional<String> encoder, Optional<String> languageModel, Decoding decoding) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "prompt";
    private static final String ENCODER = "encoder";
    private static final String LANGUAGE_MODEL = "language_model";
    private static final String DECODING = "decoding";

    public MapperSettings {
        requireNonNull(prompt, "prompt is null");
        requireNonNull(decoding, "decoding is null");
    }

    /** Adds the settings to a bundle's {@code config.json}. */
    void writeTo(ObjectNode json) {
        json.put(PROMPT, prompt);
        encoder.ifPresent(id -> json.put(ENCODER, id));
        languageModel.ifPresent(id -> json.put(LANGUAGE_MODEL, id));
        json.set(DECODING, JSON.valueToTree(decoding));
    }

    /** The settings in a bundle's {@code config.json}. */
    static MapperSettings read(ConfigNode config) {
        return new MapperSettings(
                config.text(PROMPT, ""),
                config.has(ENCODER) ? Optional.of(config.text(ENCODER, "")) : Optional.empty(),
                config.has(LANGUAGE_MODEL) ? Optional.of(config.text(LANGUAGE_MODEL, "")) : Optional.empty(),
                decoding(config));
    }

    private static Decoding decoding(ConfigNode config) {
        if (!config.has(DECODING)) {
            return Decoding.beamSearch();
        }

        try {
            return JSON.treeToValue(config.json().get(DECODING), Decoding.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw config.refused(DECODING, "no captions can be written so");
        }
    }
}

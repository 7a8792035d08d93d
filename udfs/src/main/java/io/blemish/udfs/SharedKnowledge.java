package io.blemish.udfs;

import io.blemish.error.InternalException;
import io.blemish.knowledge.KnowledgeBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The knowledge base on an executor, which receives it as canonical JSON. */
final class SharedKnowledge {
    private SharedKnowledge() {}

    /** The knowledge base with this content. */
    static KnowledgeBase parse(String canonicalJson) {
        try {
            Path file = Files.createTempFile("blemish-knowledge-", ".json");
            try {
                Files.writeString(file, canonicalJson, StandardCharsets.UTF_8);
                return KnowledgeBase.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new InternalException("The knowledge base could not be handed to a task", e);
        }
    }
}

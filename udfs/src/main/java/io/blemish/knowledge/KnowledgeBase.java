package io.blemish.knowledge;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The pool of descriptions that CLIP chooses from, and what to make of its choice.
 *
 * @param name names the knowledge base in tables and messages
 * @param subject the noun that summaries speak about, without its article: {@code orange}
 * @param number whether that noun is singular or plural
 * @param templates each prompt is put in the place of <code>{}</code> in each of these; at least one
 * @param descriptions sound states first, then defects, in the order of the file; at least two, at least one defect
 * @param bands the severity scale
 * @param abstain closer to the threshold than this the verdict is {@code review}; empty leaves it to the configuration
 * @param composition the wording of summaries
 * @param verdicts rules, first match wins; may be empty
 */
public record KnowledgeBase(
        String name,
        String subject,
        GrammaticalNumber number,
        List<String> templates,
        List<Description> descriptions,
        SeverityBands bands,
        OptionalDouble abstain,
        Composition composition,
        List<VerdictRule> verdicts) {
    /** Keeps unchangeable copies of the lists. */
    public KnowledgeBase {
        templates = List.copyOf(templates);
        descriptions = List.copyOf(descriptions);
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Reads a knowledge base: YAML or canonical JSON ({@code .yaml}, {@code .yml}, {@code .json}) or a plain list of
     * prompts, one a line ({@code .txt}).
     *
     * @throws io.blemish.error.UserException for any mistake in the file, naming the file and the line
     */
    public static KnowledgeBase read(Path file) {
        return KnowledgeBaseFile.read(file);
    }

    /** The knowledge base with this {@link #canonicalJson()}, as it is broadcast and kept in tables. */
    public static KnowledgeBase parse(String canonicalJson) {
        return KnowledgeBaseFile.parse(canonicalJson, "the stored knowledge base");
    }

    /** The knowledge base's identity: SHA-256 of {@link #canonicalJson()} in UTF-8, 64 hexadecimal digits. */
    public String id() {
        return CanonicalJson.sha256(canonicalJson());
    }

    /** The content alone, free of comments, key order and layout; read again, it gives an equal id. */
    public String canonicalJson() {
        return CanonicalJson.write(this);
    }

    /** For each description the texts whose embeddings are averaged: every prompt in every template. */
    public List<List<String>> promptTexts() {
        return descriptions.stream()
                .map(description -> description.prompts().stream()
                        .flatMap(prompt -> templates.stream().map(template -> template.replace("{}", prompt)))
                        .toList())
                .toList();
    }

    /** Whether the pool has a sound state; without one every image is defective. */
    public boolean hasSoundStates() {
        return descriptions.stream().anyMatch(description -> !description.isDefect());
    }
}

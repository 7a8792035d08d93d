package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which captions a mapper is trained on.
 *
 * @param kind where they are
 * @param file with them, if they are in a file
 */
public record CaptionChoice(Kind kind, Optional<Path> file) {
    public CaptionChoice {
        requireNonNull(kind, "kind is null");
        requireNonNull(file, "file is null");
    }

    /** Places of captions. */
    public enum Kind {
        /** The sentences that {@code inspect} composed of its labels. */
        SUMMARIES,
        /** What {@code truth import} has stored. */
        TRUTHS,
        /** A CSV file. */
        FILE
    }

    /** What a person names: {@code summaries}, {@code truths}, or a file. */
    public static CaptionChoice parse(String text) {
        return switch (text) {
            case "summaries" -> new CaptionChoice(Kind.SUMMARIES, Optional.empty());
            case "truths" -> new CaptionChoice(Kind.TRUTHS, Optional.empty());
            default -> new CaptionChoice(Kind.FILE, Optional.of(Path.of(text)));
        };
    }

    /** In words. */
    String told() {
        return switch (kind) {
            case SUMMARIES -> "the summaries of its inspections";
            case TRUTHS -> "the captions in its table truths";
            case FILE -> "the captions of " + file.orElseThrow().getFileName();
        };
    }
}

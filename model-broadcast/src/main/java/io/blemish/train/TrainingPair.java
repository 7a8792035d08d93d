package io.blemish.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A picture with what is said of it.
 *
 * @param name of the picture, for messages; pairs of one name that follow each other are decoded once
 * @param content its file
 * @param part the rectangle that the captions speak of; the whole picture if there is none
 * @param captions at least one; an epoch takes one of them
 */
public record TrainingPair(String name, Content content, Optional<Part> part, List<String> captions) {
    /** Checks that something is said. */
    public TrainingPair {
        requireNonNull(name, "name is null");
        requireNonNull(content, "content is null");
        requireNonNull(part, "part is null");
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(name + " has no caption");
        }
    }

    /** A whole picture. */
    public TrainingPair(String name, Content content, List<String> captions) {
        this(name, content, Optional.empty(), captions);
    }

    /** The bytes of an encoded picture. */
    @FunctionalInterface
    public interface Content {
        byte[] read() throws IOException;
    }

    /** A rectangle in pixels of the upright picture. */
    public record Part(int left, int top, int width, int height) {}
}

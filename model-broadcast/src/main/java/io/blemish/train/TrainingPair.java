package io.blemish.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;

/**
 * A picture with what is said of it.
 *
 * @param name of the picture, for messages
 * @param content its file
 * @param captions at least one; an epoch takes one of them
 */
public record TrainingPair(String name, Content content, List<String> captions) {
    /** Checks that something is said. */
    public TrainingPair {
        requireNonNull(name, "name is null");
        requireNonNull(content, "content is null");
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException(name + " has no caption");
        }
    }

    /** The bytes of an encoded picture. */
    @FunctionalInterface
    public interface Content {
        byte[] read() throws IOException;
    }
}

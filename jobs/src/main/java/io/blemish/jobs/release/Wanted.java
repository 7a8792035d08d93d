package io.blemish.jobs.release;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a user says to tell releases apart: names, or beginnings of identities; empty where it does not matter.
 *
 * @param encoder name of the checkpoint's folder, or the beginning of an encoder_id
 * @param knowledge name of the knowledge base, or the beginning of a kb_id
 * @param captioner name of the mapper's folder, or the beginning of a captioner_id, or {@code none}
 */
public record Wanted(Optional<String> encoder, Optional<String> knowledge, Optional<String> captioner) {
    public Wanted {
        requireNonNull(encoder, "encoder is null");
        requireNonNull(knowledge, "knowledge is null");
        requireNonNull(captioner, "captioner is null");
    }

    /** Whatever there is. */
    public static Wanted anything() {
        return new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** True when nothing is said. */
    public boolean isAnything() {
        return equals(anything());
    }
}

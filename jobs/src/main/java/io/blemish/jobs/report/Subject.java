package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.knowledge.KnowledgeBase;

/**
 * Whose inspections a report shows.
 *
 * @param encoderId fingerprint of the encoder
 * @param encoderName name of its checkpoint's folder
 * @param card its precision and preprocessing
 * @param captionerId fingerprint of the captioner, {@code none} without one
 * @param base the knowledge base
 */
public record Subject(String encoderId, String encoderName, EncoderCard card, String captionerId, KnowledgeBase base) {
    public Subject {
        requireNonNull(encoderId, "encoderId is null");
        requireNonNull(encoderName, "encoderName is null");
        requireNonNull(card, "card is null");
        requireNonNull(captionerId, "captionerId is null");
        requireNonNull(base, "base is null");
    }
}

package io.blemish.jobs.release;

import java.util.Optional;

/**
 * A release that could be meant, with the names that a user may call it by.
 *
 * @param release its identities
 * @param encoderName name of the encoder's checkpoint
 * @param captionerName name of the captioner
 * @param kbName name of the knowledge base
 */
record Candidate(Release release, String encoderName, String captionerName, String kbName) {
    private static final int SHORT_ID = 12;

    /** True when the texts, where given, are its names or the beginnings of its identities. */
    boolean isOf(Wanted wanted) {
        return names(wanted.encoder(), release.encoderId(), encoderName)
                && names(wanted.knowledge(), release.kbId(), kbName)
                && names(wanted.captioner(), release.captionerId(), captionerName);
    }

    private static boolean names(Optional<String> text, String id, String name) {
        return text.map(given -> !given.isEmpty() && (given.equals(name) || id.startsWith(given)))
                .orElse(true);
    }

    /** Encoder and knowledge base, which two candidates may have in common. */
    String pair() {
        return "--encoder " + shortened(release.encoderId()) + " (" + encoderName + ") --knowledge " + kbName;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}

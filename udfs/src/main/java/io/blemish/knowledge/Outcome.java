package io.blemish.knowledge;

import java.util.List;
import java.util.Optional;

/**
 * What a summary has to say.
 *
 * @param decision sound, defective, or too near the threshold to tell
 * @param soundState the most probable sound state; empty when the pool has none
 * @param findings the defects of the top k, most probable first; the most probable defect is always among them
 */
record Outcome(Decision decision, Optional<Description> soundState, List<Finding> findings) {
    enum Decision {
        SOUND,
        DEFECTIVE,
        UNCERTAIN
    }

    /**
     * A defect of the top k.
     *
     * @param probability what its band was chosen by
     * @param band index into {@link SeverityBands#bands()}
     * @param relative its probability over that of the most probable defect, at most 1
     */
    record Finding(Description description, double probability, int band, double relative) {}
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.util.Optional;

/**
 * Which images to relabel, with what, and how.
 *
 * @param inspection the checkpoint, the knowledge base, the captioner if captions are to be written anew, and how images are labelled, as
 *     an inspection would do it
 * @param window when the photographs were taken
 * @param against the knowledge base to compare with: a kb_id, the beginning of one, or a name; empty for the one that was used last
 * @param chunkImages images that are appended together, at least
 */
public record RelabelOptions(InspectOptions inspection, TimeWindow window, Optional<String> against, int chunkImages) {
    public RelabelOptions {
        requireNonNull(inspection, "inspection is null");
        requireNonNull(window, "window is null");
        requireNonNull(against, "against is null");
        if (inspection.redo() == InspectOptions.Redo.EVERYTHING && !window.isAlways()) {
            throw UserException.cannot(
                    "relabel anew what was photographed" + window,
                    "--redo deletes what was relabelled, whenever it was photographed",
                    "Leave --redo out, or --since and --until");
        }
    }

    /** Whether what relabel made before, perhaps with other options, may be deleted. */
    boolean redoes() {
        return inspection.redo() == InspectOptions.Redo.EVERYTHING;
    }

    /** What the configuration says, with the options that have no key. */
    public static RelabelOptions of(
            Configuration configuration, InspectOptions inspection, TimeWindow window, Optional<String> against) {
        return new RelabelOptions(inspection, window, against, configuration.value(Keys.RELABEL_CHUNK_IMAGES));
    }
}

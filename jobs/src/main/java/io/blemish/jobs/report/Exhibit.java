package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One photograph of the gallery.
 *
 * @param imageId SHA-256 of its bytes
 * @param uri its file
 * @param origin where and when it was taken
 * @param finding what was found
 * @param truth what is true of it, where that is known
 * @param photograph the photograph, where it can still be had
 * @param combined the tile that combines the descriptions, where it is drawn
 * @param best the tile of the description that the finding names, where it is drawn
 */
record Exhibit(
        String imageId,
        String uri,
        Origin origin,
        Finding finding,
        Optional<Truth> truth,
        Optional<Picture> photograph,
        Optional<Picture> combined,
        Optional<Picture> best) {
    Exhibit {
        requireNonNull(imageId, "imageId is null");
        requireNonNull(uri, "uri is null");
    }

    /** Where and when a photograph was taken, as far as it is stated. */
    record Origin(
            Optional<String> product,
            Optional<String> site,
            Optional<String> line,
            Optional<String> lot,
            Optional<Instant> capturedAt) {}

    /**
     * What was found on a photograph.
     *
     * @param state whether it is defective, sound, or for somebody to look at
     * @param defect the most probable defect; empty when sound
     * @param severity of that defect; empty when sound
     * @param verdict what to do with the product
     * @param summary one sentence
     * @param caption a sentence of the language model, where there is one
     * @param top the most probable descriptions, best first
     */
    record Finding(
            State state,
            Optional<String> defect,
            Optional<String> severity,
            String verdict,
            String summary,
            Optional<String> caption,
            List<Described> top) {
        Finding {
            requireNonNull(state, "state is null");
            requireNonNull(verdict, "verdict is null");
            requireNonNull(summary, "summary is null");
            top = List.copyOf(top);
        }

        /** The description that the finding rests on, by its place in {@link #top}: the defect, or the first. */
        int chosen() {
            for (int i = 0; i < top.size(); i++) {
                if (defect.equals(Optional.of(top.get(i).name()))) {
                    return i;
                }
            }
            return 0;
        }
    }

    /** How a photograph came out. */
    enum State {
        DEFECTIVE,
        SOUND,
        REVIEW
    }

    /**
     * A description and how well it fits.
     *
     * @param name of the description
     * @param defect whether it is a defect or a sound state
     * @param probability among all descriptions
     */
    record Described(String name, boolean defect, double probability) {
        Described {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * What is true of a photograph.
     *
     * @param labels {@code sound}, or the defects that it shows
     * @param severity of the worst of them
     */
    record Truth(List<String> labels, Optional<String> severity) {
        /** The label of a photograph that shows no defect. */
        static final String SOUND = "sound";

        Truth {
            labels = List.copyOf(labels);
            requireNonNull(severity, "severity is null");
        }
    }

    /** True when the finding names a defect that is there, or none and none is there. */
    Optional<Boolean> agrees() {
        return truth.map(stated -> stated.labels().contains(finding.defect().orElse(Truth.SOUND)));
    }

    /**
     * A picture as a page shows it.
     *
     * @param jpeg its file
     */
    record Picture(int width, int height, byte[] jpeg) {
        Picture {
            requireNonNull(jpeg, "jpeg is null");
        }
    }
}

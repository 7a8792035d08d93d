package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import io.blemish.explain.HeatMap;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One photograph of the gallery.
 *
 * @param imageId SHA-256 of its bytes
 * @param uri its file
 * @param origin where and when it was taken
 * @param finding what was found
 * @param words those of the caption, where it is told what they rest on
 * @param truth what is true of it, where that is known
 * @param photograph the photograph, where it can still be had
 * @param small the photograph once more, as small as the pictures of words need it
 * @param combined the tile that combines the descriptions, where it is drawn
 * @param best the tile of the description that the finding names, where it is drawn
 */
record Exhibit(
        String imageId,
        String uri,
        Origin origin,
        Finding finding,
        List<Word> words,
        Optional<Truth> truth,
        Optional<Picture> photograph,
        Optional<Picture> small,
        Optional<Picture> combined,
        Optional<Picture> best) {
    Exhibit {
        requireNonNull(imageId, "imageId is null");
        requireNonNull(uri, "uri is null");
        words = List.copyOf(words);
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
     * A word of the caption.
     *
     * @param text as it is written
     * @param probability given the photograph and the words before it
     * @param map what of the crop it rests on
     */
    record Word(String text, double probability, HeatMap map) {
        Word {
            requireNonNull(text, "text is null");
            requireNonNull(map, "map is null");
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

        /** The picture itself, where a page names the address of one. */
        String address() {
            return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
        }
    }
}

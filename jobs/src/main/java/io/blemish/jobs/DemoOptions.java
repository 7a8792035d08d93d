package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo shows, and where it puts it.
 *
 * @param out folder of the photographs, the warehouse and the report
 * @param count photographs that are drawn
 * @param seed fixes them
 * @param clip folder of the CLIP checkpoint that looks at them
 * @param knowledge file of the knowledge base
 * @param captions what they are captioned by; empty for no captions
 */
public record DemoOptions(Path out, int count, long seed, Path clip, Path knowledge, Optional<Captions> captions) {
    public DemoOptions {
        requireNonNull(out, "out is null");
        requireNonNull(clip, "clip is null");
        requireNonNull(knowledge, "knowledge is null");
        if (count < 1) {
            throw UserException.cannot("show a demo", "it has " + count + " photographs", "Give --count 1 or more");
        }
    }

    /**
     * What captions are written by.
     *
     * @param languageModel folder of the language model
     * @param mapper folder of a mapper that was trained for both models; empty to train one on the photographs' own captions
     */
    public record Captions(Path languageModel, Optional<Path> mapper) {}

    /** Where the photographs are drawn, with what is true of them. */
    Path samples() {
        return out.resolve("samples");
    }

    /** Where the tables are. */
    Path warehouse() {
        return out.resolve("warehouse");
    }

    /** Where a mapper is trained. */
    Path mapper() {
        return out.resolve("mapper");
    }

    /** Where the report is. */
    Path report() {
        return out.resolve("report");
    }
}

package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.nio.file.Path;

/**
 * What the demo shows, and where it puts it.
 *
 * @param out folder of the photographs, the warehouse and the report
 * @param count photographs that are drawn
 * @param seed fixes them
 * @param clip folder of the CLIP checkpoint that looks at them
 * @param knowledge file of the knowledge base
 */
public record DemoOptions(Path out, int count, long seed, Path clip, Path knowledge) {
    public DemoOptions {
        requireNonNull(out, "out is null");
        requireNonNull(clip, "clip is null");
        requireNonNull(knowledge, "knowledge is null");
        if (count < 1) {
            throw UserException.cannot("show a demo", "it has " + count + " photographs", "Give --count 1 or more");
        }
    }

    /** Where the photographs are drawn, with what is true of them. */
    Path samples() {
        return out.resolve("samples");
    }

    /** Where the tables are. */
    Path warehouse() {
        return out.resolve("warehouse");
    }

    /** Where the report is. */
    Path report() {
        return out.resolve("report");
    }
}

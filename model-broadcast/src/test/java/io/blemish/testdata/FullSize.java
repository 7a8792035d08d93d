package io.blemish.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Checkpoints of full size and what PyTorch computes from them: a folder made by {@code reference.py OUT --size full}, which the environment
 * variable {@code BLEMISH_REFERENCE} names.
 */
public final class FullSize {
    private FullSize() {}

    /** A folder within it; the calling test is skipped, loudly, if it is not there. */
    public static Path folder(String name) {
        String root = System.getenv("BLEMISH_REFERENCE");
        if (root != null && Files.isDirectory(Path.of(root, name))) {
            return Path.of(root, name);
        }
        String message = "SKIPPED for want of " + name
                + " at full size. Set BLEMISH_REFERENCE to a folder made by reference.py --size full.";
        System.err.println(message);
        Assumptions.abort(message);
        throw new AssertionError("An aborted test goes on");
    }
}

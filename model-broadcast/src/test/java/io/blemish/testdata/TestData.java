package io.blemish.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The photographs, tokenizers and golden values that are too large, or not free enough, to live in the repository.
 *
 * <p>The environment variable {@code BLEMISH_DATA} names their folder. A test that needs one of them is skipped when the folder is
 * absent, and says so on standard error, so that a run without the data cannot be mistaken for a complete one.
 */
public final class TestData {
    private TestData() {}

    /** The named folder or file of the test data; skips the calling test, loudly, when it is absent. */
    public static Path folder(String name) {
        String root = System.getenv("BLEMISH_DATA");
        Path path = root == null ? null : Path.of(root, name);
        if (path == null || !Files.exists(path)) {
            String message =
                    "SKIPPED for want of test data: " + name + ". Set BLEMISH_DATA to the folder that holds it.";
            System.err.println(message);
            Assumptions.abort(message);
        }
        return path;
    }
}

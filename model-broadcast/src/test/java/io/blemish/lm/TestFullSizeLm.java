package io.blemish.lm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parity at the size of OPT-125m and GPT-2, for a folder made by {@code reference.py OUT --size full} that the environment variable
 * {@code BLEMISH_REFERENCE} names. Skipped, loudly, without one.
 */
class TestFullSizeLm {
    @ParameterizedTest
    @ValueSource(strings = {"opt", "gpt2"})
    void equalsPyTorch(String model) {
        String root = System.getenv("BLEMISH_REFERENCE");
        Path folder = root == null ? null : Path.of(root, model);
        if (folder == null || !Files.isDirectory(folder)) {
            String message = "SKIPPED for want of full-size checkpoints. Set BLEMISH_REFERENCE to a folder made by"
                    + " reference.py --size full.";
            System.err.println(message);
            Assumptions.abort(message);
        }
        LmAssertions.assertParity(LmGolden.of(folder));
    }
}

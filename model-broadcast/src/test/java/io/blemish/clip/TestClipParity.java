package io.blemish.clip;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings, logits and maps equal those of PyTorch; {@code src/test/resources/clip/README.md} says how these were made. */
class TestClipParity {
    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void visionEqualsPyTorch(String activation) {
        ParityAssertions.assertVisionParity(Golden.tiny(activation));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void textEqualsPyTorch(String activation) {
        ParityAssertions.assertTextParity(Golden.tiny(activation));
    }
}

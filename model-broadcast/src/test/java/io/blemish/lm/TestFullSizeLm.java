package io.blemish.lm;

import io.blemish.testdata.FullSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity at the size of OPT-125m and GPT-2, where {@link FullSize} checkpoints are at hand. */
class TestFullSizeLm {
    @ParameterizedTest
    @ValueSource(strings = {"opt", "gpt2"})
    void equalsPyTorch(String model) {
        LmAssertions.assertParity(LmGolden.of(FullSize.folder(model)));
    }
}

package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TestOpt {
    private static final float TOLERANCE = 2e-5f;

    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void givesTheLogitsOfTransformers(String kind) {
        OptGolden golden = OptGolden.tiny(kind);
        long[][] texts = golden.ids("input_ids");
        try (Opt opt = golden.opt()) {
            for (int i = 0; i < texts.length; i++) {
                float[][] ours = opt.logits(texts[i]);
                assertThat(ours).hasDimensions(12, 300);
                assertClose(ours, golden.slice("logits", i));
            }
        }
    }

    /** A token says the same whatever follows it. */
    @ParameterizedTest
    @FieldSource("io.blemish.lm.OptGolden#KINDS")
    void looksBackOnly(String kind) {
        long[] text = OptGolden.tiny(kind).ids("input_ids")[0];
        try (Opt opt = OptGolden.tiny(kind).opt()) {
            float[][] whole = opt.logits(text);
            float[][] beginning = opt.logits(Arrays.copyOf(text, 5));
            assertClose(beginning, Arrays.copyOf(whole, 5));
            assertThat(whole[5]).isNotEqualTo(beginning[4]);
        }
    }

    @Test
    void tellsWhatDoesNotFit() {
        try (Opt opt = OptGolden.tiny("pre-norm").opt()) {
            assertThat(opt.logits(new long[96])).hasDimensions(96, 300);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> opt.logits(new long[97]))
                    .withMessage("A text of 97 tokens does not fit into 1 to 96");
            assertThatIllegalArgumentException().isThrownBy(() -> opt.logits(new long[0]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> opt.logits(new long[] {2, 300}))
                    .withMessage("Token 300 is outside a vocabulary of 300");
        }
    }

    private static void assertClose(float[][] ours, float[][] theirs) {
        assertThat(ours.length).isEqualTo(theirs.length);
        for (int row = 0; row < ours.length; row++) {
            for (int i = 0; i < ours[row].length; i++) {
                assertThat(ours[row][i]).isCloseTo(theirs[row][i], within(TOLERANCE));
            }
        }
    }
}

package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Relevance for gradients that the caller has: those of descriptions' scores give the maps of these descriptions. */
class TestRelevanceOfScores {
    private static final int PICTURES = 3;

    @ParameterizedTest
    @FieldSource("io.blemish.clip.Golden#ACTIVATIONS")
    void equalsThatOfDescriptions(String activation) {
        Golden golden = Golden.tiny(activation);
        try (Clip clip = golden.clip();
                ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32)) {
            float[][] texts = new float[2][];
            for (int text = 0; text < 2; text++) {
                texts[text] = UnitVectors.unit(golden.rows("text_embeds")[text]);
            }
            PixelBatch pictures = Golden.pictures(PICTURES, encoder.side(), 4);
            int[][] chosen = {{0, 1}, {0, 1}, {0, 1}};
            float[][][] expected = encoder.explain(
                            pictures,
                            new DescriptionMatrix(texts),
                            clip.logitScale(),
                            chosen,
                            EnumSet.of(Method.RELEVANCE))
                    .maps()
                    .get(Method.RELEVANCE);
            float[][] embeddings = encoder.embed(pictures);
            float[][][] gradients = new float[PICTURES][2][];
            for (int picture = 0; picture < PICTURES; picture++) {
                for (int text = 0; text < 2; text++) {
                    gradients[picture][text] = gradient(embeddings[picture], texts[text], clip.logitScale());
                }
            }

            float[][][] maps = encoder.relevance(pictures, gradients);

            assertThat(maps).hasDimensions(PICTURES, 2);
            for (int picture = 0; picture < PICTURES; picture++) {
                for (int text = 0; text < 2; text++) {
                    assertThat(Golden.relativeError(maps[picture][text], expected[picture][text]))
                            .isLessThan(1e-5);
                }
            }
        }
    }

    @Test
    void thereMustBeOnesForEveryPicture() {
        try (Clip clip = Golden.tiny("gelu").clip();
                ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32)) {
            PixelBatch pictures = Golden.pictures(2, encoder.side(), 4);

            for (float[][][] gradients : new float[][][][] {
                new float[1][1][encoder.width()], new float[2][0][], new float[2][1][encoder.width() + 1]
            }) {
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.relevance(pictures, gradients));
            }
        }
    }

    /** Of scale × cosine at the embedding, which is not normalised. */
    private static float[] gradient(float[] embedding, float[] text, double scale) {
        float[] unit = UnitVectors.unit(embedding);
        double square = 0;
        double cosine = 0;
        for (int i = 0; i < unit.length; i++) {
            square += (double) embedding[i] * embedding[i];
            cosine += (double) unit[i] * text[i];
        }
        float[] gradient = new float[unit.length];
        for (int i = 0; i < unit.length; i++) {
            gradient[i] = (float) (scale * (text[i] - cosine * unit[i]) / Math.sqrt(square));
        }
        return gradient;
    }
}

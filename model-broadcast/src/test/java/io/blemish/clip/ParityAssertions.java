package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import java.util.Arrays;
import java.util.EnumSet;

/** Compares a checkpoint with what PyTorch gives for it, in float32. */
final class ParityAssertions {
    private static final double EMBEDDINGS = 1e-4;
    private static final double MAPS = 1e-3;

    private ParityAssertions() {}

    static void assertVisionParity(Golden golden) {
        try (Clip clip = golden.clip();
                ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32)) {
            DescriptionMatrix descriptions = golden.descriptions();
            int n = descriptions.descriptions();
            VisionOutput output = encoder.inspectNormalised(
                    golden.floats("pixel_values"), descriptions, clip.logitScale(), n, EnumSet.allOf(Method.class));

            assertThat(Golden.relativeError(Golden.flat(output.embeddings()), golden.floats("image_embeds")))
                    .as("image embeddings of " + golden.folder())
                    .isLessThan(EMBEDDINGS);
            float[] logits = Golden.flat(output.similarities());
            for (int i = 0; i < logits.length; i++) {
                logits[i] *= clip.logitScale();
            }
            assertThat(Golden.relativeError(logits, golden.floats("logits_per_image")))
                    .as("logits of " + golden.folder())
                    .isLessThan(EMBEDDINGS);
            assertMaps(golden, output, Method.RELEVANCE, "relevance");
            assertMaps(golden, output, Method.GRADCAM, "gradcam");
        }
    }

    static void assertTextParity(Golden golden) {
        try (Clip clip = golden.clip()) {
            float[][] embeddings = clip.textEncoder().embed(golden.tokens());
            assertThat(Golden.relativeError(Golden.flat(embeddings), golden.floats("text_embeds")))
                    .as("text embeddings of " + golden.folder())
                    .isLessThan(EMBEDDINGS);
        }
    }

    /** The golden maps stand in the order of the texts, ours in the order of their similarity. */
    private static void assertMaps(Golden golden, VisionOutput output, Method method, String name) {
        int n = output.top()[0].length;
        float[] all = golden.floats(name);
        int patches = all.length / (output.top().length * n);
        float[] ours = new float[all.length];
        for (int image = 0; image < output.top().length; image++) {
            for (int rank = 0; rank < n; rank++) {
                int text = output.top()[image][rank];
                float[] map = output.maps().get(method)[image][rank];
                System.arraycopy(map, 0, ours, (image * n + text) * patches, patches);
                float[] theirs =
                        Arrays.copyOfRange(all, (image * n + text) * patches, (image * n + text + 1) * patches);
                if (Arrays.equals(theirs, new float[patches])) {
                    continue;
                }
                assertThat(Golden.relativeError(map, theirs))
                        .as(name + " of image " + image + " and text " + text)
                        .isLessThan(10 * MAPS);
            }
        }
        assertThat(Golden.relativeError(ours, all))
                .as(name + " of " + golden.folder())
                .isLessThan(MAPS);
    }
}

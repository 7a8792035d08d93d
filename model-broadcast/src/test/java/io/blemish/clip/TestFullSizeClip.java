package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import io.blemish.testdata.FullSize;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity at the size of ViT-B/32, where {@link FullSize} checkpoints are at hand. */
class TestFullSizeClip {
    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void equalsPyTorch(String activation) {
        Golden golden = reference(activation);
        ParityAssertions.assertVisionParity(golden);
        ParityAssertions.assertTextParity(golden);
    }

    @Test
    void bfloat16KeepsDirections() {
        try (Clip clip = reference("quick_gelu").clip();
                ClipVisionEncoder exact = Golden.encoder(clip, Precision.FP32);
                ClipVisionEncoder rounded = Golden.encoder(clip, Precision.BF16)) {
            PixelBatch pictures = Golden.pictures(8, 224, 5);
            DescriptionMatrix descriptions = reference("quick_gelu").descriptions();
            EnumSet<Method> methods = EnumSet.of(Method.RELEVANCE, Method.GRADCAM);
            int n = descriptions.descriptions();
            VisionOutput ours = rounded.inspect(pictures, descriptions, clip.logitScale(), n, methods);
            VisionOutput theirs = exact.inspect(pictures, descriptions, clip.logitScale(), n, methods);

            for (int image = 0; image < pictures.images(); image++) {
                assertThat(Golden.cosine(ours.embeddings()[image], theirs.embeddings()[image]))
                        .as("embedding of picture " + image)
                        .isGreaterThan(0.999);
            }
        }
    }

    private static Golden reference(String activation) {
        return Golden.of(FullSize.folder("clip-" + activation));
    }
}

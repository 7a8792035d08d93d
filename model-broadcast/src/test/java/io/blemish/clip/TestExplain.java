package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of descriptions that the caller chooses, and the models that sanity checks compare them with. */
class TestExplain {
    private static final int SIDE = 48;
    private static final Set<Method> ALL = EnumSet.allOf(Method.class);

    @TempDir
    private static Path folder;

    private static Clip clip;
    private static ClipVisionEncoder encoder;
    private static DescriptionMatrix descriptions;

    @BeforeAll
    static void load() {
        clip = Golden.tiny("quick_gelu").clip();
        encoder = Golden.encoder(clip, Precision.FP32);
        descriptions = Golden.tiny("quick_gelu").descriptions();
    }

    @AfterAll
    static void close() {
        encoder.close();
        clip.close();
    }

    /** Whoever chooses what the model ranks first gets what inspect gives, in any order. */
    @Test
    void chosenDescriptionsHaveTheMapsThatTheBestHave() {
        PixelBatch pictures = Golden.pictures(3, SIDE, 31);
        VisionOutput inspected = encoder.inspect(pictures, descriptions, clip.logitScale(), 2, ALL);
        int[][] swapped = new int[3][];
        for (int image = 0; image < 3; image++) {
            swapped[image] = new int[] {inspected.top()[image][1], inspected.top()[image][0]};
        }

        Explanation explained = encoder.explain(pictures, descriptions, clip.logitScale(), swapped, ALL);

        for (int image = 0; image < 3; image++) {
            assertThat(explained.similarities()[image])
                    .containsExactly(inspected.similarities()[image], within(1e-6f));
            for (Method method : EnumSet.of(Method.RELEVANCE, Method.GRADCAM)) {
                for (int i = 0; i < 2; i++) {
                    assertThat(explained.maps().get(method)[image][i])
                            .as("%s of picture %d", method, image)
                            .containsExactly(inspected.maps().get(method)[image][1 - i], within(1e-6f));
                }
            }
        }
    }

    /** The class token attends to all tokens by 1 in sum, itself among them. */
    @Test
    void attentionIsAShareOfTheWhole() {
        Explanation explained = encoder.explain(
                Golden.pictures(2, SIDE, 32), descriptions, clip.logitScale(), new int[][] {{0}, {0}}, Set.of());

        for (float[] attention : explained.attention()) {
            assertThat(attention).hasSize(16);
            double sum = 0;
            for (float share : attention) {
                assertThat(share).isPositive();
                sum += share;
            }
            assertThat(sum).isBetween(0.5, 1.0);
        }
    }

    @Test
    void similaritiesOfNormalisedPicturesAreThoseOfTheirBytes() {
        PixelBatch pictures = Golden.pictures(3, SIDE, 33);
        float[] normalised = clip.imageProcessor().normalised(pictures.pixels());

        float[][] similarities = encoder.similarities(normalised, 3, descriptions);

        assertThat(similarities)
                .isDeepEqualTo(
                        encoder.inspect(pictures, descriptions, 1, 1, Set.of()).similarities());
    }

    /** Rounding alone separates the two: sound maps stay, CLIPCap-XAI's are rounding themselves. */
    @Test
    void doublePrecisionChangesNoSoundMap() throws IOException {
        PixelBatch pictures = Golden.pictures(4, SIDE, 34);
        int[][] chosen = {{0}, {1}, {0}, {1}};
        Explanation single = encoder.explain(pictures, descriptions, clip.logitScale(), chosen, ALL);
        Path archive = folder.resolve("double.pt");
        try (OutputStream out = Files.newOutputStream(archive)) {
            clip.writeDouble(out);
        }
        try (ClipVisionEncoder exact = ClipVisionEncoder.load(archive, "cpu")) {
            Explanation reference = exact.explain(pictures, descriptions, clip.logitScale(), chosen, ALL);

            for (int image = 0; image < 4; image++) {
                float[] attention = reference.attention()[image];
                assertThat(single.attention()[image]).containsExactly(attention, within(1e-5f));
                float[] relevance = reference.maps().get(Method.RELEVANCE)[image][0];
                assertThat(single.maps().get(Method.RELEVANCE)[image][0]).containsExactly(relevance, within(1e-5f));
                assertThat(largest(reference.maps().get(Method.CLIPCAP_XAI)[image][0]))
                        .isLessThan(1e-4 * largest(single.maps().get(Method.CLIPCAP_XAI)[image][0]));
            }
        }
    }

    private static double largest(float[] map) {
        double largest = 0;
        for (float value : map) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void shuffledLastBlockIsAnotherModelButTheSameForItsSeed() throws IOException {
        PixelBatch pictures = Golden.pictures(1, SIDE, 35);
        float[] own = relevance(encoder, pictures);

        float[] shuffled = relevanceOfShuffled(pictures, 7);

        assertThat(shuffled).isNotEqualTo(own).containsExactly(relevanceOfShuffled(pictures, 7));
        assertThat(relevanceOfShuffled(pictures, 8)).isNotEqualTo(shuffled);
    }

    private static float[] relevanceOfShuffled(PixelBatch pictures, long seed) throws IOException {
        Path archive = folder.resolve("shuffled.pt");
        try (OutputStream out = Files.newOutputStream(archive)) {
            clip.writeShuffled(out, Precision.FP32, seed);
        }
        try (ClipVisionEncoder model = ClipVisionEncoder.load(archive, "cpu")) {
            return relevance(model, pictures);
        }
    }

    private static float[] relevance(ClipVisionEncoder model, PixelBatch pictures) {
        return model.explain(pictures, descriptions, clip.logitScale(), new int[][] {{0}}, EnumSet.of(Method.RELEVANCE))
                .maps()
                .get(Method.RELEVANCE)[0][0];
    }

    @Test
    void choiceMustFitThePicturesAndTheDescriptions() {
        PixelBatch pictures = Golden.pictures(2, SIDE, 36);
        for (int[][] chosen : new int[][][] {{{0}}, {{}, {}}, {{0}, {0, 1}}, {{0}, {-1}}, {{0}, {99}}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.explain(pictures, descriptions, clip.logitScale(), chosen, ALL));
        }
    }
}

package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of the vision tower, on random pictures. */
class TestClipVisionEncoder {
    private static final int SIDE = 48;
    private static final Set<Method> ALL = EnumSet.allOf(Method.class);
    private static final Set<Method> SOUND = EnumSet.of(Method.RELEVANCE, Method.GRADCAM);

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

    @Test
    void tellsItsDimensions() {
        assertThat(encoder.side()).isEqualTo(SIDE);
        assertThat(encoder.width()).isEqualTo(40);
    }

    /** inspect(bytes) = inspect_normalised((bytes / 255 − mean) / std). */
    @Test
    void normalisesPixelsAsThePreprocessingDoes() {
        PixelBatch pictures = Golden.pictures(4, SIDE, 1);
        VisionOutput fromBytes = encoder.inspect(pictures, descriptions, clip.logitScale(), 3, SOUND);
        VisionOutput fromFloats = encoder.inspectNormalised(
                clip.imageProcessor().normalised(pictures.pixels()), descriptions, clip.logitScale(), 3, SOUND);
        assertThat(Golden.flat(fromBytes.embeddings())).containsExactly(Golden.flat(fromFloats.embeddings()));
        assertThat(fromBytes.top()).isDeepEqualTo(fromFloats.top());
    }

    /** f(x₁ … xₙ) = f(x₁) … f(xₙ), whatever the padding: 5 pictures are padded to 8, 1 is not. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 16, 19})
    void picturesDoNotSeeEachOther(int images) {
        PixelBatch together = Golden.pictures(images, SIDE, 2);
        VisionOutput batch = encoder.inspect(together, descriptions, clip.logitScale(), 2, SOUND);
        assertThat(batch.embeddings()).hasDimensions(images, 40);
        assertThat(batch.similarities()).hasDimensions(images, descriptions.descriptions());
        for (int image = 0; image < images; image++) {
            VisionOutput alone = encoder.inspect(picture(together, image), descriptions, clip.logitScale(), 2, SOUND);
            assertSame(batch, image, alone, 0);
        }
    }

    /** f(π x) = π f(x). */
    @Test
    void orderOfPicturesPermutesResults() {
        PixelBatch forward = Golden.pictures(6, SIDE, 3);
        byte[] reversed = new byte[forward.bytes()];
        int size = 3 * SIDE * SIDE;
        for (int image = 0; image < 6; image++) {
            System.arraycopy(forward.pixels(), image * size, reversed, (5 - image) * size, size);
        }
        VisionOutput one = encoder.inspect(forward, descriptions, clip.logitScale(), 2, SOUND);
        VisionOutput other =
                encoder.inspect(new PixelBatch(reversed, 6, SIDE), descriptions, clip.logitScale(), 2, SOUND);
        for (int image = 0; image < 6; image++) {
            assertSame(one, image, other, 5 - image);
        }
    }

    @Test
    void embedGivesTheSameEmbeddings() {
        PixelBatch pictures = Golden.pictures(3, SIDE, 4);
        VisionOutput inspected = encoder.inspect(pictures, descriptions, clip.logitScale(), 1, Set.of());
        assertThat(encoder.embed(pictures)).isDeepEqualTo(inspected.embeddings());
    }

    @Test
    void similaritiesAreCosinesAndTopIsTheirOrder() {
        PixelBatch pictures = Golden.pictures(3, SIDE, 5);
        DescriptionMatrix many = randomDescriptions(37, 8);
        VisionOutput output = encoder.inspect(pictures, many, clip.logitScale(), 5, Set.of());
        for (int image = 0; image < 3; image++) {
            float[] similarities = output.similarities()[image];
            float[] unit = UnitVectors.unit(output.embeddings()[image]);
            for (int description = 0; description < 37; description++) {
                double dot = 0;
                for (int i = 0; i < 40; i++) {
                    dot += unit[i] * many.data().asFloatBuffer().get(description * 40 + i);
                }
                assertThat((double) similarities[description]).isCloseTo(dot, Offset.offset(1e-6));
            }
            Integer[] expected = new Integer[37];
            Arrays.setAll(expected, i -> i);
            Arrays.sort(expected, (a, b) -> Float.compare(similarities[b], similarities[a]));
            assertThat(output.top()[image])
                    .containsExactly(
                            Arrays.stream(expected).limit(5).mapToInt(i -> i).toArray());
        }
    }

    @Test
    void ofEqualDescriptionsTheFirstWins() {
        float[] unit = new float[40];
        unit[7] = 1;
        float[][] equal = new float[9][];
        Arrays.fill(equal, unit);
        VisionOutput output = encoder.inspect(
                Golden.pictures(2, SIDE, 6), new DescriptionMatrix(equal), clip.logitScale(), 9, Set.of());
        for (int[] top : output.top()) {
            assertThat(top).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void fewerDescriptionsThanAskedForAreAllChosen() {
        VisionOutput output = encoder.inspect(Golden.pictures(2, SIDE, 6), descriptions, clip.logitScale(), 50, ALL);
        assertThat(output.top()).hasDimensions(2, descriptions.descriptions());
        assertThat(output.maps().get(Method.RELEVANCE)).hasDimensions(2, descriptions.descriptions());
    }

    /** A map depends on its own description alone, not on which others are explained, nor on which other maps are made. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void mapsAreMadeOnlyWhenAskedForAndDoNotMix(Method method) {
        PixelBatch pictures = Golden.pictures(2, SIDE, 7);
        VisionOutput alone = encoder.inspect(pictures, descriptions, clip.logitScale(), 1, Set.of(method));
        VisionOutput all = encoder.inspect(pictures, descriptions, clip.logitScale(), 4, ALL);
        assertThat(alone.maps()).containsOnlyKeys(method);
        assertThat(all.maps()).containsOnlyKeys(Method.values());
        if (method != Method.CLIPCAP_XAI) {
            for (int image = 0; image < 2; image++) {
                assertClose(alone.maps().get(method)[image][0], all.maps().get(method)[image][0]);
            }
        }
    }

    /** map(2 scale) = 2 map(scale): the score is scale times the similarity, and its gradient linear in it. */
    @Test
    void mapsAreLinearInTheLogitScale() {
        PixelBatch pictures = Golden.pictures(2, SIDE, 8);
        VisionOutput single = encoder.inspect(pictures, descriptions, 10, 2, SOUND);
        VisionOutput twice = encoder.inspect(pictures, descriptions, 20, 2, SOUND);
        for (Method method : SOUND) {
            float[] doubled = single.maps().get(method)[0][0].clone();
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] *= 2;
            }
            assertClose(twice.maps().get(method)[0][0], doubled);
        }
    }

    /**
     * Σ_d ∂S/∂x_d = 0 at the input of a layer norm, so CLIPCap-XAI's weights vanish and its map is what rounding leaves: at least
     * a hundred thousand times smaller than a map of the same activations with weights of the gradient's own size.
     */
    @Test
    void clipcapXaiIsRoundingNoise() {
        VisionOutput output = encoder.inspect(Golden.pictures(8, SIDE, 9), descriptions, clip.logitScale(), 4, ALL);
        float noise = largest(output.maps().get(Method.CLIPCAP_XAI));
        assertThat(noise).isLessThan(1e-5f * largest(output.maps().get(Method.GRADCAM)));
        assertThat(noise).isLessThan(1e-3f * largest(output.maps().get(Method.RELEVANCE)));
    }

    @Test
    void mapsAreFiniteAndNotNegative() {
        VisionOutput output = encoder.inspect(Golden.pictures(4, SIDE, 10), descriptions, clip.logitScale(), 4, ALL);
        output.maps().values().forEach(cube -> {
            assertThat(cube).hasDimensions(4, 4);
            for (float[][] maps : cube) {
                for (float[] map : maps) {
                    assertThat(map).hasSize(16);
                    for (float value : map) {
                        assertThat(value).isFinite();
                        assertThat(value >= 0).isTrue();
                    }
                }
            }
        });
    }

    @Test
    void threadsShareOneTower() throws Exception {
        PixelBatch pictures = Golden.pictures(8, SIDE, 12);
        VisionOutput expected = encoder.inspect(pictures, descriptions, clip.logitScale(), 4, SOUND);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<VisionOutput>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(threads.submit(() -> encoder.inspect(pictures, descriptions, clip.logitScale(), 4, SOUND)));
            }
            for (Future<VisionOutput> result : results) {
                assertThat(result.get().embeddings()).isDeepEqualTo(expected.embeddings());
                assertThat(result.get().top()).isDeepEqualTo(expected.top());
                assertThat(result.get().maps().get(Method.RELEVANCE))
                        .isDeepEqualTo(expected.maps().get(Method.RELEVANCE));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void batchesArePaddedToPowersOfTwo() {
        assertThat(List.of(1, 2, 3, 4, 5, 8, 9, 16, 17, 33, 64).stream().map(ClipVisionEncoder::padded))
                .containsExactly(1, 2, 4, 4, 8, 8, 16, 16, 32, 64, 64);
    }

    @Test
    void refusesPicturesAndDescriptionsOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.embed(Golden.pictures(1, 47, 1)))
                .withMessage("The tower takes a side of 48 pixels, not 47");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.inspect(
                        Golden.pictures(1, SIDE, 1), new DescriptionMatrix(new float[][] {{1, 0}}), 1, 1, Set.of()))
                .withMessageContaining("embeddings of width 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.inspect(Golden.pictures(1, SIDE, 1), descriptions, 1, 0, Set.of()))
                .withMessageContaining("Cannot choose 0 descriptions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PixelBatch(new byte[100], 1, SIDE))
                .withMessage("100 bytes do not hold 1 pictures of side 48");
    }

    private static PixelBatch picture(PixelBatch batch, int image) {
        int size = 3 * SIDE * SIDE;
        return new PixelBatch(Arrays.copyOfRange(batch.pixels(), image * size, (image + 1) * size), 1, SIDE);
    }

    private static DescriptionMatrix randomDescriptions(int descriptions, long seed) {
        Random random = new Random(seed);
        float[][] units = new float[descriptions][40];
        for (int i = 0; i < descriptions; i++) {
            for (int j = 0; j < 40; j++) {
                units[i][j] = (float) random.nextGaussian();
            }
            units[i] = UnitVectors.unit(units[i]);
        }
        return new DescriptionMatrix(units);
    }

    private static void assertSame(VisionOutput left, int i, VisionOutput right, int j) {
        assertClose(left.embeddings()[i], right.embeddings()[j]);
        assertClose(left.similarities()[i], right.similarities()[j]);
        assertThat(left.top()[i]).containsExactly(right.top()[j]);
        for (Method method : left.maps().keySet()) {
            for (int rank = 0; rank < left.top()[i].length; rank++) {
                assertClose(left.maps().get(method)[i][rank], right.maps().get(method)[j][rank]);
            }
        }
    }

    private static void assertClose(float[] ours, float[] theirs) {
        assertThat(Golden.relativeError(ours, theirs)).isLessThan(1e-5);
    }

    private static float largest(float[][][] cube) {
        float largest = 0;
        for (float[][] maps : cube) {
            for (float[] map : maps) {
                for (float value : map) {
                    largest = Math.max(largest, value);
                }
            }
        }
        return largest;
    }
}

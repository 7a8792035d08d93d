package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.blemish.checkpoint.Tensor;
import org.junit.jupiter.api.Test;

/** Position embeddings for another grid. */
class TestPositionGrid {
    /** The class token, then a grid of 3 × 3. */
    private static final float[] EMBEDDINGS = {9, 1, 2, 4, 0, -1, 3, 5, 2, 0.5f};

    /** torch 2.7.1: {@code interpolate(grid, size=(4, 4), mode="bicubic", align_corners=False)}. */
    private static final float[] LARGER = {
        9,
        0.98969603f,
        1.5992951f,
        3.0099397f,
        4.205028f,
        -0.18468904f,
        -0.6537279f,
        1.1443617f,
        3.9137602f,
        1.8311734f,
        0.20485044f,
        0.34467506f,
        2.1498809f,
        5.5845232f,
        3.556283f,
        1.1871855f,
        0.1845547f
    };

    /** The same for {@code size=(2, 2)}. */
    private static final float[] SMALLER = {9, 0.6444473f, 3.283432f, 3.2455292f, 0.98083496f};

    @Test
    void equalsPyTorchInterpolation() {
        assertThat(resized(EMBEDDINGS, 1, 3, 4)).containsExactly(LARGER, within(1e-5f));
        assertThat(resized(EMBEDDINGS, 1, 3, 2)).containsExactly(SMALLER, within(1e-5f));
    }

    @Test
    void sameGridChangesNothing() {
        assertThat(resized(EMBEDDINGS, 1, 3, 3)).containsExactly(EMBEDDINGS, within(1e-6f));
    }

    @Test
    void channelsDoNotMix() {
        float[] two = new float[2 * EMBEDDINGS.length];
        for (int i = 0; i < EMBEDDINGS.length; i++) {
            two[2 * i] = EMBEDDINGS[i];
            two[2 * i + 1] = 7;
        }
        float[] resized = resized(two, 2, 3, 4);
        for (int i = 0; i < LARGER.length; i++) {
            assertThat(resized[2 * i]).isCloseTo(LARGER[i], within(1e-5f));
            assertThat(resized[2 * i + 1]).isCloseTo(7, within(1e-5f));
        }
    }

    private static float[] resized(float[] embeddings, int width, int from, int to) {
        Tensor tensor = Tensor.ofFloats("positions", embeddings, 1 + (long) from * from, width);
        Tensor resized = PositionGrid.resize(tensor, from, to);
        assertThat(resized.shape()).containsExactly(1 + (long) to * to, width);
        return resized.toFloats();
    }
}

package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.blemish.checkpoint.TorchScriptArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TestContrastive {
    private static final DifferentiableScript SCRIPT =
            DifferentiableScript.load(TorchScriptArchive.of(ClipTrainer.class, "Contrastive"));

    @AfterAll
    static void close() {
        SCRIPT.close();
    }

    /** Two orthogonal pairs at a scale of 1: each row is softmax(1, 0). */
    @Test
    void isTheCrossEntropyOfTheRightPair() {
        Result result = contrast(new float[][] {{2, 0}, {0, 3}}, new float[][] {{1, 0}, {0, 5}}, 0, 1);

        assertThat(result.loss).isCloseTo(Math.log(1 + Math.exp(-1)), within(1e-6));
        assertThat(result.right).isEqualTo(2);
    }

    @Test
    void wrongPairsCostTheirMargin() {
        Result result = contrast(new float[][] {{1, 0}, {0, 1}}, new float[][] {{0, 1}, {1, 0}}, 0, 1);

        assertThat(result.loss).isCloseTo(1 + Math.log(1 + Math.exp(-1)), within(1e-6));
        assertThat(result.right).isZero();
    }

    /**
     * Texts 0 and 1 are equal: images 0 and 1 may name either. Rows 0 and 1 are softmax(1, 1, 0) with a target of one
     * half each, row 2 is softmax(0, 0, 1).
     */
    @Test
    void equalTextsAreGoodAnswersForOneAnother() {
        float[][] vectors = {{1, 0}, {1, 0}, {0, 1}};
        Result result = contrast(vectors, vectors, 0, 0, 2);

        double shared = Math.log(2 + Math.exp(-1));
        double alone = Math.log(1 + 2 * Math.exp(-1));
        assertThat(result.loss).isCloseTo((2 * shared + alone) / 3, within(1e-6));
        assertThat(result.right).isEqualTo(3);
    }

    @Test
    void doesNotDependOnTheOrderOfPairs() {
        float[][] images = {{1, 2}, {-1, 0.5f}, {0.3f, -2}, {2, 2}};
        float[][] texts = {{0.5f, 2}, {-2, 1}, {0.1f, -1}, {0.5f, 2}};
        float[][] turnedImages = {images[3], images[0], images[2], images[1]};
        float[][] turnedTexts = {texts[3], texts[0], texts[2], texts[1]};

        assertThat(contrast(turnedImages, turnedTexts, 1, 1, 7, 5).loss)
                .isCloseTo(contrast(images, texts, 4, 8, 9, 4).loss, within(1e-6));
    }

    private record Result(double loss, long right) {}

    private static Result contrast(float[][] images, float[][] texts, long... groups) {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            NDArray scale = scope.create(0f);
            NDList outputs = SCRIPT.forward(
                    scope, new NDList(scope.create(images), scope.create(texts), scope.create(groups), scale));
            return new Result(outputs.get(0).getFloat(), outputs.get(1).getLong());
        }
    }
}

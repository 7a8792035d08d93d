package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.blemish.checkpoint.Checkpoint;
import io.blemish.checkpoint.ConfigNode;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.train.DifferentiableScript;
import io.blemish.train.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts give the same embeddings whether a checkpoint's weights are packed for inference or handed in for training. */
class TestClipParameters {
    private static final int BATCH = 3;

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void everyTensorBelongsToATower(String activation) {
        try (Clip clip = Golden.tiny(activation).clip()) {
            List<String> names = new ArrayList<>(ClipParameters.vision(clip.config()));
            names.addAll(ClipParameters.text(clip.config()));
            names.add(ClipParameters.LOGIT_SCALE);

            assertThat(names).doesNotHaveDuplicates();
            assertThat(new HashSet<>(names))
                    .isEqualTo(ClipParameters.shapes(clip.config()).keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void visionEqualsInference(String activation) {
        Golden golden = Golden.tiny(activation);
        try (Clip clip = golden.clip();
                ClipVisionEncoder encoder = Golden.encoder(clip, Precision.FP32);
                Weights weights = weights(golden, clip.config());
                DifferentiableScript script =
                        DifferentiableScript.load(ClipParameters.visionScript(clip.config(), clip.imageProcessor()));
                NDManager scope = NDManager.newBaseManager("PyTorch")) {
            int side = clip.config().vision().side();
            byte[] pixels = new byte[BATCH * 3 * side * side];
            new Random(1).nextBytes(pixels);
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
            NDList inputs = new NDList(scope.create(buffer, new Shape(BATCH, 3, side, side), DataType.UINT8));
            inputs.addAll(weights.argument("w", ClipParameters.vision(clip.config())));

            assertSame(script.forward(scope, inputs).get(0), encoder.embed(new PixelBatch(pixels, BATCH, side)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void textEqualsInferenceWhateverFollowsItsEnd(String activation) {
        Golden golden = Golden.tiny(activation);
        try (Clip clip = golden.clip();
                Weights weights = weights(golden, clip.config());
                DifferentiableScript script = DifferentiableScript.load(ClipParameters.textScript(clip.config()));
                NDManager scope = NDManager.newBaseManager("PyTorch")) {
            long end = clip.config().text().endOfText();
            float[][] expected =
                    clip.textEncoder().embed(List.of(new long[] {1, 2, end}, new long[] {3, 1, 4, 2, end}));
            NDArray ids = scope.create(new long[] {1, 2, end, 5, 3, 3, 1, 4, 2, end}, new Shape(2, 5));
            NDList inputs = new NDList(ids, scope.create(new long[] {2, 4}));
            inputs.addAll(weights.argument("w", ClipParameters.text(clip.config())));

            assertSame(script.forward(scope, inputs).get(0), expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu"})
    void configurationIsWrittenAsItIsRead(String activation) {
        try (Clip clip = Golden.tiny(activation).clip()) {
            ConfigNode written = ConfigNode.top(
                    new ConfigNode.Origin(Golden.tiny(activation).folder(), "CLIP's", "Say it otherwise"),
                    clip.config().toJson());

            assertThat(HuggingFaceConfig.read(written)).isEqualTo(clip.config());
        }
    }

    private static Weights weights(Golden golden, ClipConfig config) {
        List<Tensor> tensors = new ArrayList<>();
        ClipParameters.read(Checkpoint.open(golden.folder()), config).forEach(tensors::add);
        return Weights.of(tensors, name -> true, name -> false);
    }

    private static void assertSame(NDArray actual, float[][] expected) {
        float[] values = actual.toFloatArray();
        int width = expected[0].length;
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < width; column++) {
                assertThat(values[row * width + column]).isCloseTo(expected[row][column], within(2e-5f));
            }
        }
    }
}

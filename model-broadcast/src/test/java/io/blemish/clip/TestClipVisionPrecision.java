package io.blemish.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.Precision;
import io.blemish.explain.Method;
import io.blemish.script.BlockedWeights;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import io.blemish.script.ScriptOutput;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same model in other types and layouts of its weights. */
class TestClipVisionPrecision {
    private static final int SIDE = 48;
    private static final Set<Method> SOUND = EnumSet.of(Method.RELEVANCE, Method.GRADCAM);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"BF16", "FP16"})
    void halfPrecisionKeepsDirections(Precision precision) {
        for (String activation : Golden.ACTIVATIONS) {
            try (Clip checkpoint = Golden.tiny(activation).clip();
                    ClipVisionEncoder exact = Golden.encoder(checkpoint, Precision.FP32);
                    ClipVisionEncoder rounded = Golden.encoder(checkpoint, precision)) {
                PixelBatch pictures = Golden.pictures(8, SIDE, 11);
                VisionOutput theirs =
                        exact.inspect(pictures, Golden.tiny(activation).descriptions(), 100, 4, SOUND);
                VisionOutput ours =
                        rounded.inspect(pictures, Golden.tiny(activation).descriptions(), 100, 4, SOUND);
                for (int image = 0; image < 8; image++) {
                    assertThat(Golden.cosine(ours.embeddings()[image], theirs.embeddings()[image]))
                            .as(precision + " " + activation)
                            .isGreaterThan(0.999);
                }
            }
        }
    }

    /** What a GPU computes, on the processor: the script's path without oneDNN's layout gives the same numbers. */
    @Test
    void plainWeightsGiveTheSame() {
        for (String activation : Golden.ACTIVATIONS) {
            Path archive = folder.resolve(activation + ".pt");
            try (Clip clip = Golden.tiny(activation).clip()) {
                clip.writeVision(archive, Precision.FP32);
            }
            PixelBatch pictures = Golden.pictures(2, SIDE, 13);
            DescriptionMatrix descriptions = Golden.tiny(activation).descriptions();
            try (ClipVisionEncoder blocked = ClipVisionEncoder.load(archive, "cpu");
                    ScriptModel plain = ScriptModel.load(archive, "cpu")) {
                VisionOutput ours = blocked.inspect(pictures, descriptions, 100, 1, Set.of(Method.RELEVANCE));
                List<ScriptOutput> theirs = inspectPlain(plain, pictures, descriptions);
                assertThat(Golden.relativeError(
                                Golden.flat(ours.embeddings()),
                                Golden.flat(theirs.get(0).floatRows(2))))
                        .isLessThan(1e-5);
                assertThat(ours.top()).isDeepEqualTo(theirs.get(2).intRows(2));
                assertThat(Golden.relativeError(
                                ours.maps().get(Method.RELEVANCE)[1][0],
                                theirs.get(3).floatSlices(2)[1][0]))
                        .isLessThan(1e-5);
            }
        }
    }

    private static List<ScriptOutput> inspectPlain(
            ScriptModel script, PixelBatch pictures, DescriptionMatrix descriptions) {
        IValue weights = BlockedWeights.plain(script);
        ByteBuffer pixels = ByteBuffer.allocateDirect(pictures.bytes());
        pixels.put(pictures.pixels()).flip();
        try (ScriptCall call = script.call("inspect")) {
            return call.value(weights)
                    .tensor(pixels, DataType.UINT8, pictures.images(), 3, SIDE, SIDE)
                    .tensor(descriptions.data(), DataType.FLOAT32, descriptions.descriptions(), descriptions.width())
                    .number(100.0)
                    .number(1L)
                    .flag(true)
                    .flag(false)
                    .flag(false)
                    .run();
        }
    }
}

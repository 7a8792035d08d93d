package io.blemish.clip;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.explain.Method;
import io.blemish.script.BlockedWeights;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import io.blemish.script.ScriptOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CLIP's image tower on a device, from the archive that {@link Clip#writeVision} has written.
 *
 * <p>One instance serves all threads of a JVM; each forward runs on its caller's thread. Batches are padded with black pictures to 1, 2,
 * 4, 8, … because the engine specialises its code for every new shape; what the padding gives is cut off.
 */
public final class ClipVisionEncoder implements AutoCloseable {
    /** The rows of the products that oneDNN lays the weights out for: about those of a batch of 16. */
    private static final long BLOCKED_ROWS = 800;

    private final ScriptModel script;
    private final IValue weights;
    private final int side;
    private final int width;
    private final ThreadLocal<ByteBuffer> buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(0));

    private ClipVisionEncoder(ScriptModel script, IValue weights) {
        this.script = script;
        this.weights = weights;
        try (ScriptCall call = script.call("dimensions")) {
            long[] dimensions = call.run().get(0).longs();
            this.side = (int) dimensions[0];
            this.width = (int) dimensions[1];
        }
    }

    /**
     * Loads the tower and warms it up. The file may be deleted afterwards.
     *
     * @param archive written by {@link Clip#writeVision}
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static ClipVisionEncoder load(Path archive, String device) {
        ScriptModel script = ScriptModel.load(archive, device);
        try {
            boolean processor = device.equals("cpu");
            IValue weights = processor ? BlockedWeights.of(script, BLOCKED_ROWS) : BlockedWeights.plain(script);
            ClipVisionEncoder encoder = new ClipVisionEncoder(script, weights);
            encoder.warmUp();
            return encoder;
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** Side of the pictures in pixels. */
    public int side() {
        return side;
    }

    /** Width of the embeddings. */
    public int width() {
        return width;
    }

    /**
     * Scores pictures against descriptions and explains the best.
     *
     * @param logitScale by what similarities are multiplied in the scores that the maps explain
     * @param topK how many descriptions of each picture are chosen, at least 1; all of them if there are fewer
     * @param methods the maps to make
     */
    public VisionOutput inspect(
            PixelBatch batch, DescriptionMatrix descriptions, float logitScale, int topK, Set<Method> methods) {
        if (topK < 1 || descriptions.width() != width) {
            throw new IllegalArgumentException("Cannot choose " + topK + " descriptions by embeddings of width "
                    + descriptions.width() + "; the tower's are " + width + " wide");
        }

        try (ScriptCall call = script.call("inspect")) {
            upload(batch, call);
            describe(call, descriptions, logitScale, topK, methods);
            return output(call.run(), batch.images(), methods);
        }
    }

    /**
     * Explains descriptions of the caller's choice, whatever the model thinks of them.
     *
     * @param chosen for each picture indices of descriptions, equally many for all, at least 1
     * @param methods the maps to make
     */
    public Explanation explain(
            PixelBatch batch, DescriptionMatrix descriptions, float logitScale, int[][] chosen, Set<Method> methods) {
        if (chosen.length != batch.images() || chosen[0].length == 0) {
            throw new IllegalArgumentException("descriptions are chosen for " + chosen.length + " of " + batch.images()
                    + " pictures, or none are");
        }

        try (ScriptCall call = script.call("explain")) {
            upload(batch, call);
            call.tensor(descriptions.data(), DataType.FLOAT32, descriptions.descriptions(), descriptions.width())
                    .number((double) logitScale)
                    .tensor(
                            indices(chosen, padded(batch.images()), descriptions.descriptions()),
                            DataType.INT64,
                            padded(batch.images()),
                            chosen[0].length);
            flags(call, methods);
            List<ScriptOutput> outputs = call.run();
            return new Explanation(
                    outputs.get(1).floatRows(batch.images()),
                    maps(outputs, batch.images(), methods),
                    outputs.get(6).floatRows(batch.images()));
        }
    }

    /**
     * Explains scores of the caller's own: what a picture's patches add to them, as {@link Method#RELEVANCE} has it.
     *
     * @param gradients for each picture those of its scores at its embedding, not normalised; equally many for all, at least 1
     * @return for each picture and score a grid, by rows
     */
    public float[][][] relevance(PixelBatch batch, float[][][] gradients) {
        int scores = gradients.length == 0 ? 0 : gradients[0].length;
        if (gradients.length != batch.images() || scores == 0) {
            throw new IllegalArgumentException(
                    "gradients are given for " + gradients.length + " of " + batch.images() + " pictures, or none are");
        }

        int images = padded(batch.images());
        int floats = Math.multiplyExact(images, scores * width);
        ByteBuffer buffer = ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
        FloatBuffer values = buffer.asFloatBuffer();
        for (float[][] picture : gradients) {
            for (float[] gradient : picture) {
                if (picture.length != scores || gradient.length != width) {
                    throw new IllegalArgumentException("gradients are not " + scores + " of " + width + " numbers");
                }
                values.put(gradient);
            }
        }
        try (ScriptCall call = script.call("relevance_of")) {
            upload(batch, call);
            return call.tensor(buffer, DataType.FLOAT32, images, scores, width)
                    .run()
                    .get(0)
                    .floatSlices(batch.images());
        }
    }

    /**
     * Cosines with all descriptions.
     *
     * @param normalised one picture after the other, as the model's preprocessing normalises them: 3 × side × side each
     */
    public float[][] similarities(float[] normalised, int pictures, DescriptionMatrix descriptions) {
        int images = padded(pictures);
        float[] filled = Arrays.copyOf(normalised, Math.multiplyExact(images, 3 * side * side));
        return Arrays.copyOf(
                inspectNormalised(filled, descriptions, 1, 1, Set.of()).similarities(), pictures);
    }

    /** The embeddings of pictures, as the projection gives them, not normalised. */
    public float[][] embed(PixelBatch batch) {
        try (ScriptCall call = script.call("embed")) {
            upload(batch, call);
            return call.run().get(0).floatRows(batch.images());
        }
    }

    /** Frees the weights. No forward may be under way. */
    @Override
    public void close() {
        script.close();
    }

    /** {@link #inspect} from pixels that are normalised already: b × 3 × side × side. For comparison with other programs. */
    VisionOutput inspectNormalised(
            float[] pixels, DescriptionMatrix descriptions, float logitScale, int topK, Set<Method> methods) {
        int images = pixels.length / (3 * side * side);
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
        buffer.asFloatBuffer().put(pixels);
        try (ScriptCall call = script.call("inspect_normalised")) {
            call.value(weights).tensor(buffer, DataType.FLOAT32, images, 3, side, side);
            describe(call, descriptions, logitScale, topK, methods);
            return output(call.run(), images, methods);
        }
    }

    /** The smallest size of the ladder that holds that many pictures. */
    static int padded(int images) {
        int lower = Integer.highestOneBit(images);
        return lower == images ? images : Math.multiplyExact(lower, 2);
    }

    private void warmUp() {
        float[] unit = new float[width];
        unit[0] = 1;
        PixelBatch black = new PixelBatch(new byte[3 * side * side], 1, side);
        inspect(black, new DescriptionMatrix(new float[][] {unit}), 1, 1, EnumSet.allOf(Method.class));
    }

    private void upload(PixelBatch batch, ScriptCall call) {
        if (batch.side() != side) {
            throw new IllegalArgumentException("The tower takes a side of " + side + " pixels, not " + batch.side());
        }

        int images = padded(batch.images());
        ByteBuffer buffer = filled(batch, Math.multiplyExact(images, 3 * side * side));
        call.value(weights).tensor(buffer, DataType.UINT8, images, 3, side, side);
    }

    private ByteBuffer filled(PixelBatch batch, int bytes) {
        if (buffers.get().capacity() < bytes) {
            buffers.set(ByteBuffer.allocateDirect(bytes));
        }
        ByteBuffer buffer = buffers.get().clear().limit(bytes);
        buffer.put(batch.pixels(), 0, batch.bytes());
        buffer.put(new byte[bytes - batch.bytes()]);
        return buffer.flip();
    }

    private static void describe(
            ScriptCall call, DescriptionMatrix descriptions, float logitScale, int topK, Set<Method> methods) {
        call.tensor(descriptions.data(), DataType.FLOAT32, descriptions.descriptions(), descriptions.width())
                .number((double) logitScale)
                .number((long) topK);
        flags(call, methods);
    }

    private static void flags(ScriptCall call, Set<Method> methods) {
        call.flag(methods.contains(Method.RELEVANCE))
                .flag(methods.contains(Method.GRADCAM))
                .flag(methods.contains(Method.CLIPCAP_XAI));
    }

    /** The chosen indices for a padded batch, whose last pictures explain the first description. */
    private static ByteBuffer indices(int[][] chosen, int images, int descriptions) {
        int each = chosen[0].length;
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(images * each * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int[] row : chosen) {
            for (int index : row) {
                if (row.length != each || index < 0 || index >= descriptions) {
                    throw new IllegalArgumentException("Cannot explain " + Arrays.toString(row) + " of " + descriptions
                            + " descriptions, " + each + " for each picture");
                }
                buffer.putLong(index);
            }
        }
        return buffer.clear();
    }

    private static VisionOutput output(List<ScriptOutput> outputs, int images, Set<Method> methods) {
        return new VisionOutput(
                outputs.get(0).floatRows(images),
                outputs.get(1).floatRows(images),
                outputs.get(2).intRows(images),
                maps(outputs, images, methods));
    }

    private static Map<Method, float[][][]> maps(List<ScriptOutput> outputs, int images, Set<Method> methods) {
        Map<Method, float[][][]> maps = new EnumMap<>(Method.class);
        for (Method method : methods) {
            maps.put(method, outputs.get(position(method)).floatSlices(images));
        }

        return maps;
    }

    /** Where the script returns a method's maps, after embeddings, similarities and indices. */
    private static int position(Method method) {
        return switch (method) {
            case RELEVANCE -> 3;
            case GRADCAM -> 4;
            case CLIPCAP_XAI -> 5;
        };
    }
}

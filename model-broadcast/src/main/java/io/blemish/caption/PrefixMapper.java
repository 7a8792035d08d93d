package io.blemish.caption;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.Precision;
import io.blemish.script.RecordedCall;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes of each image's embedding a prefix of a language model's embeddings. May be used by several threads at once.
 *
 * <pre>{@code
 * try (PrefixMapper mapper = PrefixMapper.of(bundle.weights(), Precision.FP32)) {
 *     float[][][] prefixes = mapper.prefixes(embeddings);
 * }
 * }</pre>
 */
public final class PrefixMapper implements AutoCloseable {
    private static final int BATCH = 64;

    private final MapperConfig config;
    private final ScriptModel script;
    private final IValue weights;

    private PrefixMapper(MapperConfig config, ScriptModel script) {
        this.config = config;
        this.script = script;
        try (ScriptCall call = script.call("pack")) {
            weights = call.keep();
        }
    }

    /**
     * Loads what {@link MapperWeights#archive} has made.
     *
     * @param config of those weights
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static PrefixMapper load(Path archive, MapperConfig config, String device) {
        ScriptModel script = ScriptModel.loadRecordable(archive, device);
        try {
            return new PrefixMapper(config, script);
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** A mapper on the CPU. */
    public static PrefixMapper of(MapperWeights weights, Precision precision) {
        try {
            Path archive = Files.createTempFile("mapper", ".pt");
            try {
                weights.archive(precision).write(archive);
                return load(archive, weights.config(), "cpu");
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the mapper to the folder for temporary files", e);
        }
    }

    /** The architecture. */
    public MapperConfig config() {
        return config;
    }

    /**
     * The prefixes of embeddings.
     *
     * @param embeddings as the image tower gives them, not normalised
     * @return of each, {@link MapperConfig#prefix()} vectors of {@link MapperConfig#width()} numbers
     */
    public float[][][] prefixes(float[][] embeddings) {
        float[][][] prefixes = new float[embeddings.length][][];
        for (int from = 0; from < embeddings.length; from += BATCH) {
            int rows = Math.min(BATCH, embeddings.length - from);
            System.arraycopy(batch(embeddings, from, rows), 0, prefixes, from, rows);
        }
        return prefixes;
    }

    /**
     * Takes gradients at the prefix of an embedding back to the embedding.
     *
     * @param embedding as the image tower gives it, not normalised
     * @param atPrefix for each score, its gradient at the prefix
     * @return for each score, its gradient at the embedding
     */
    public float[][] gradients(float[] embedding, float[][][] atPrefix) {
        int scores = atPrefix.length;
        ByteBuffer buffer = direct(scores * config.prefix() * config.width());
        FloatBuffer floats = buffer.asFloatBuffer();
        for (float[][] gradient : atPrefix) {
            for (float[] vector : gradient) {
                floats.put(vector);
            }
        }
        ByteBuffer one = direct(requireFitting(embedding).length);
        one.asFloatBuffer().put(embedding);
        try (RecordedCall call = script.recorded("embedding_gradients")) {
            return call.tensor(one, DataType.FLOAT32, 1, embedding.length)
                    .tensor(buffer, DataType.FLOAT32, scores, config.prefix(), config.width())
                    .run()
                    .get(0)
                    .floatRows(scores);
        }
    }

    /** Frees the weights. No call may be under way. */
    @Override
    public void close() {
        script.close();
    }

    /** Batches have a few sizes alone, for each of which the engine makes its code: the last row is repeated. */
    private float[][][] batch(float[][] embeddings, int from, int rows) {
        int padded = rows == 1 ? 1 : Integer.highestOneBit(rows - 1) << 1;
        ByteBuffer buffer = direct(padded * config.embedding());
        FloatBuffer floats = buffer.asFloatBuffer();
        for (int row = 0; row < padded; row++) {
            floats.put(requireFitting(embeddings[from + Math.min(row, rows - 1)]));
        }
        try (ScriptCall call = script.call("prefixes")) {
            return call.tensor(buffer, DataType.FLOAT32, padded, config.embedding())
                    .value(weights)
                    .run()
                    .get(0)
                    .floatSlices(rows);
        }
    }

    private float[] requireFitting(float[] embedding) {
        if (embedding.length != config.embedding()) {
            throw new IllegalArgumentException(
                    "The mapper takes embeddings of " + config.embedding() + " numbers, not of " + embedding.length);
        }
        return embedding;
    }

    private static ByteBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
    }
}

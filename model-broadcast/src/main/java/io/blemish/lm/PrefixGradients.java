package io.blemish.lm;

import ai.djl.ndarray.types.DataType;
import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.script.RecordedCall;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import io.blemish.script.ScriptOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A causal language model that tells what the words of a given text owe to the prefix before it: the gradient of each word's
 * log-probability at the prefix. It loads the archive that {@link CausalLms#load} does, and may be used by several threads at once.
 */
public final class PrefixGradients implements AutoCloseable {
    private final ScriptModel script;
    private final Optional<ByteLevelTokenizer> tokenizer;
    private final long[] dimensions;

    private PrefixGradients(ScriptModel script, Optional<ByteLevelTokenizer> tokenizer) {
        this.script = script;
        this.tokenizer = tokenizer;
        try (ScriptCall call = script.call("dimensions")) {
            dimensions = call.run().get(0).longs();
        }
    }

    /**
     * What a prefix does for the words of a text.
     *
     * @param logProbabilities of each word: natural logarithms, each word given all that stands before it
     * @param gradients of them at the prefix: for each word as many vectors as the prefix has
     */
    public record Words(float[] logProbabilities, float[][][] gradients) {}

    /**
     * Loads a model from its archive. The file may be deleted afterwards.
     *
     * @param archive written by {@link LmCheckpoint#write}
     * @param device {@code cpu} or {@code cuda:N}
     */
    public static PrefixGradients load(Path archive, String device) {
        ScriptModel script = ScriptModel.loadRecordable(archive, device);
        try {
            return new PrefixGradients(script, ScriptedLm.tokenizer(archive));
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** The width of the vectors of a prefix. */
    public int width() {
        return (int) dimensions[0];
    }

    /** The token that ends a text. */
    public long end() {
        return dimensions[3];
    }

    /**
     * The tokenizer, which lives as long as the model.
     *
     * @throws io.blemish.error.UserException if the checkpoint has none
     */
    public ByteLevelTokenizer tokenizer() {
        return ScriptedLm.required(tokenizer);
    }

    /**
     * Log-probabilities of words and their gradients.
     *
     * @param prefix at least one vector
     * @param ids of the text, at least one
     * @param words which word each token belongs to, counted from 0 in their order; -1 for none. At least one token belongs to one
     */
    public Words of(float[][] prefix, long[] ids, int[] words) {
        int longest = prefix.length + ids.length - 1;
        if (prefix.length == 0 || longest > dimensions[2] || words.length != ids.length) {
            throw new IllegalArgumentException("A text of " + ids.length + " tokens, " + words.length
                    + " of them told, does not fit behind a prefix of " + prefix.length);
        }
        int count = Arrays.stream(words).max().orElse(-1) + 1;
        if (count == 0) {
            throw new IllegalArgumentException("no token belongs to a word");
        }

        try (RecordedCall call = script.recorded("word_gradients")) {
            List<ScriptOutput> outputs = call.tensor(floats(prefix), DataType.FLOAT32, 1, prefix.length, width())
                    .tensor(longs(ids), DataType.INT64, 1, ids.length)
                    .tensor(longs(Arrays.stream(words).asLongStream().toArray()), DataType.INT64, words.length)
                    .run();
            return new Words(outputs.get(0).floats(), outputs.get(1).floatSlices(count));
        }
    }

    /** Frees the weights. No call may be under way. */
    @Override
    public void close() {
        script.close();
        tokenizer.ifPresent(ByteLevelTokenizer::close);
    }

    private ByteBuffer floats(float[][] prefix) {
        ByteBuffer buffer = direct(prefix.length * width() * Float.BYTES);
        FloatBuffer floats = buffer.asFloatBuffer();
        for (float[] vector : prefix) {
            floats.put(vector);
        }
        return buffer;
    }

    private static ByteBuffer longs(long[] values) {
        ByteBuffer buffer = direct(values.length * Long.BYTES);
        buffer.asLongBuffer().put(values);
        return buffer;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}

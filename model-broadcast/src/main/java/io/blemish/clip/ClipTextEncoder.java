package io.blemish.clip;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.script.BlockedWeights;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CLIP's text tower in float32 on the CPU.
 *
 * <p>Texts are batched by length and never padded. A text ends with its first end-of-text token: a token sees only what stands before it,
 * so that what follows could not change the embedding.
 */
public final class ClipTextEncoder implements AutoCloseable {
    private static final int BATCH = 32;

    /** The rows of the products that oneDNN lays the weights out for: a batch of prompts of a dozen tokens. */
    private static final long BLOCKED_ROWS = 384;

    private final Shape shape;
    private final ScriptModel script;
    private final IValue weights;

    private ClipTextEncoder(Shape shape, ScriptModel script) {
        this.shape = shape;
        this.script = script;
        this.weights = BlockedWeights.of(script, BLOCKED_ROWS);
    }

    /** What a text must keep to: the number of tokens there are, the most of one text, and the one that ends it. */
    record Shape(int vocabulary, int positions, long endOfText) {
        static Shape of(ClipConfig.Text config) {
            return new Shape(config.vocabulary(), config.positions(), config.endOfText());
        }
    }

    /** Loads the tower from the archive of {@code ClipText.py}. */
    static ClipTextEncoder load(Path archive, Shape shape) {
        ScriptModel script = ScriptModel.load(archive, "cpu");
        try {
            ClipTextEncoder encoder = new ClipTextEncoder(shape, script);
            encoder.embed(List.of(new long[] {shape.endOfText()}));
            return encoder;
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /**
     * The embeddings of texts, as the projection gives them, not normalised, in the order of the texts.
     *
     * @param tokenIds of each text, with its end-of-text token
     */
    public float[][] embed(List<long[]> tokenIds) {
        List<long[]> texts = tokenIds.stream().map(this::ended).toList();
        Map<Integer, List<Integer>> byLength = IntStream.range(0, texts.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> texts.get(i).length, TreeMap::new, Collectors.toList()));
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> equal : byLength.values()) {
            for (int from = 0; from < equal.size(); from += BATCH) {
                batches.add(equal.subList(from, Math.min(from + BATCH, equal.size())));
            }
        }

        float[][] embeddings = new float[texts.size()][];
        // One forward keeps one core busy.
        batches.parallelStream().forEach(batch -> embed(texts, batch, embeddings));
        return embeddings;
    }

    /** Frees the weights. No forward may be under way. */
    @Override
    public void close() {
        script.close();
    }

    private void embed(List<long[]> texts, List<Integer> batch, float[][] embeddings) {
        int length = texts.get(batch.get(0)).length;
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(batch.size() * length * Long.BYTES).order(ByteOrder.nativeOrder());
        LongBuffer ids = buffer.asLongBuffer();
        for (int text : batch) {
            ids.put(texts.get(text));
        }
        try (ScriptCall call = script.call("embed")) {
            float[][] rows = call.value(weights)
                    .tensor(buffer, DataType.INT64, batch.size(), length)
                    .run()
                    .get(0)
                    .floatRows(batch.size());
            for (int row = 0; row < rows.length; row++) {
                embeddings[batch.get(row)] = rows[row];
            }
        }
    }

    /** The text up to its first end-of-text token. */
    private long[] ended(long[] ids) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= shape.vocabulary()) {
                throw new IllegalArgumentException(
                        "Token " + ids[i] + " is outside a vocabulary of " + shape.vocabulary());
            }
            if (ids[i] == shape.endOfText()) {
                return fitting(
                        IntStream.rangeClosed(0, i).mapToLong(at -> ids[at]).toArray());
            }
        }

        throw new IllegalArgumentException(
                "A text of " + ids.length + " tokens has no end-of-text token (" + shape.endOfText() + ")");
    }

    private long[] fitting(long[] ids) {
        if (ids.length > shape.positions()) {
            throw new IllegalArgumentException(
                    "A text of " + ids.length + " tokens is longer than the tower's " + shape.positions());
        }

        return ids;
    }
}

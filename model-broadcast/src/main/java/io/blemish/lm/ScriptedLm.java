package io.blemish.lm;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.checkpoint.Gpt2Tokenizer;
import io.blemish.checkpoint.OptTokenizer;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.error.UserException;
import io.blemish.script.BlockedWeights;
import io.blemish.script.ScriptCall;
import io.blemish.script.ScriptModel;
import io.blemish.script.ScriptOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A language model whose forward and decoding are TorchScript: {@code CausalLm.py} and what stands beside it. */
final class ScriptedLm implements CausalLm {
    /** What an archive keeps beside its model: the tokenizer of an OPT, or that of a GPT-2. */
    static final String OPT_TOKENIZER = "opt-tokenizer.json";

    static final String GPT2_TOKENIZER = "gpt2-tokenizer.json";

    /** The rows of the products that oneDNN lays the weights out for: a batch of 16 with 5 beams. */
    private static final long BLOCKED_ROWS = 80;

    private final ScriptModel script;
    private final Optional<ByteLevelTokenizer> tokenizer;
    private final long[] dimensions;
    private final IValue weights;

    private ScriptedLm(ScriptModel script, boolean processor, Optional<ByteLevelTokenizer> tokenizer) {
        this.script = script;
        this.tokenizer = tokenizer;
        try (ScriptCall call = script.call("dimensions")) {
            dimensions = call.run().get(0).longs();
        }
        weights = processor ? BlockedWeights.of(script, BLOCKED_ROWS) : BlockedWeights.plain(script);
    }

    static ScriptedLm load(Path archive, String device) {
        ScriptModel script = ScriptModel.load(archive, device);
        try {
            ScriptedLm lm = new ScriptedLm(script, device.equals("cpu"), tokenizer(archive));
            lm.decode(new float[1][1][lm.width()], Decoding.greedy().withTokens(1, 1));
            return lm;
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    @Override
    public int width() {
        return (int) dimensions[0];
    }

    @Override
    public int vocabulary() {
        return (int) dimensions[1];
    }

    @Override
    public int positions() {
        return (int) dimensions[2];
    }

    @Override
    public long end() {
        return dimensions[3];
    }

    @Override
    public ByteLevelTokenizer tokenizer() {
        return required(tokenizer);
    }

    @Override
    public float[][] embeddings(long[] ids) {
        requireKnown(ids);
        if (ids.length == 0) {
            return new float[0][];
        }
        try (ScriptCall call = script.call("embeddings").value(weights)) {
            return call.tensor(longs(new long[][] {ids}, ids.length), DataType.INT64, 1, ids.length)
                    .run()
                    .get(0)
                    .floatSlices(1)[0];
        }
    }

    @Override
    public float[][][] logits(float[][][] prefixes, long[][] ids) {
        int rows = prefixes.length;
        int vectors = requireEqual(prefixes);
        int longest = 0;
        for (long[] text : ids) {
            requireKnown(text);
            longest = Math.max(longest, text.length);
        }
        if (ids.length != rows || vectors + longest == 0 || vectors + longest > positions()) {
            throw new IllegalArgumentException("Texts of " + (vectors + longest) + " tokens, prefixes and all, for "
                    + rows + " and " + ids.length + " rows do not fit into 1 to " + positions());
        }

        try (ScriptCall call = script.call("logits").value(weights)) {
            float[][][] padded = call.tensor(floats(prefixes, vectors), DataType.FLOAT32, rows, vectors, width())
                    .tensor(longs(ids, longest), DataType.INT64, rows, longest)
                    .run()
                    .get(0)
                    .floatSlices(rows);
            for (int row = 0; row < rows; row++) {
                padded[row] = Arrays.copyOf(padded[row], vectors + ids[row].length);
            }
            return padded;
        }
    }

    @Override
    public List<List<Continuation>> decode(float[][][] prefixes, long[] seeds, Decoding decoding) {
        int rows = prefixes.length;
        if (rows == 0) {
            return List.of();
        }
        int vectors = requireEqual(prefixes);
        if (vectors == 0 || seeds.length != rows) {
            throw new IllegalArgumentException(
                    rows + " prefixes of " + vectors + " vectors cannot be continued with " + seeds.length + " seeds");
        }
        requireFitting(vectors, decoding);

        try (ScriptCall call = script.call("decode").value(weights)) {
            call.tensor(floats(prefixes, vectors), DataType.FLOAT32, rows, vectors, width());
            draw(call, seeds, decoding);
            call.number((long) decoding.texts())
                    .number((long) decoding.least())
                    .number((long) decoding.most())
                    .number(decoding.lengthPenalty())
                    .number(decoding.temperature())
                    .number((long) Math.min(decoding.topK(), vocabulary()))
                    .number(decoding.topP());
            return continuations(call.run(), rows, decoding);
        }
    }

    @Override
    public void close() {
        script.close();
        tokenizer.ifPresent(ByteLevelTokenizer::close);
    }

    /** Points in the unit interval for every row, text and token; a single number where nothing is drawn. */
    private static void draw(ScriptCall call, long[] seeds, Decoding decoding) {
        if (!decoding.samples()) {
            call.tensor(ByteBuffer.allocateDirect(Double.BYTES), DataType.FLOAT64, 1);
            return;
        }

        int texts = decoding.texts();
        ByteBuffer points = direct((long) seeds.length * texts * decoding.most() * Double.BYTES);
        for (long seed : seeds) {
            SplittableRandom row = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ decoding.seed());
            for (int text = 0; text < texts; text++) {
                SplittableRandom random = row.split();
                for (int token = 0; token < decoding.most(); token++) {
                    points.putDouble(random.nextDouble());
                }
            }
        }
        call.tensor(points.rewind(), DataType.FLOAT64, seeds.length, texts, decoding.most());
    }

    private List<List<Continuation>> continuations(List<ScriptOutput> outputs, int rows, Decoding decoding) {
        long[] ids = outputs.get(0).longs();
        float[][] total = outputs.get(1).floatRows(rows);
        int texts = decoding.texts();
        List<List<Continuation>> continuations = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Continuation> best = new ArrayList<>();
            for (int text = 0; text < decoding.best(); text++) {
                int from = (row * texts + text) * decoding.most();
                long[] written = Arrays.copyOfRange(ids, from, from + decoding.most());
                int[] own = Arrays.stream(written)
                        .takeWhile(id -> id >= 0 && id != end())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                best.add(new Continuation(own, total[row][text]));
            }
            continuations.add(best);
        }
        return continuations;
    }

    private void requireFitting(int vectors, Decoding decoding) {
        if (vectors + decoding.most() > positions()) {
            throw UserException.cannot(
                    "write " + decoding.most() + " tokens behind a prefix of " + vectors,
                    "the language model has " + positions() + " positions",
                    "Ask for fewer tokens");
        }
        if (2 * decoding.texts() > vocabulary()) {
            throw UserException.cannot(
                    "search with " + decoding.texts() + " beams",
                    "the language model has " + vocabulary() + " tokens",
                    "Choose fewer beams");
        }
    }

    private void requireKnown(long[] ids) {
        for (long id : ids) {
            if (id < 0 || id >= vocabulary()) {
                throw new IllegalArgumentException("Token " + id + " is outside a vocabulary of " + vocabulary());
            }
        }
    }

    /** The number of vectors, which is the same for all prefixes. */
    private int requireEqual(float[][][] prefixes) {
        for (float[][] prefix : prefixes) {
            if (prefix.length != prefixes[0].length || (prefix.length > 0 && prefix[0].length != width())) {
                throw new IllegalArgumentException("prefixes differ in length, or are not " + width() + " wide");
            }
        }
        return prefixes.length == 0 ? 0 : prefixes[0].length;
    }

    private ByteBuffer floats(float[][][] prefixes, int vectors) {
        ByteBuffer buffer = direct((long) prefixes.length * vectors * width() * Float.BYTES);
        FloatBuffer floats = buffer.asFloatBuffer();
        for (float[][] prefix : prefixes) {
            for (float[] vector : prefix) {
                floats.put(vector);
            }
        }
        return buffer;
    }

    /** Texts of one length: shorter ones are padded at their end, with any token. */
    private static ByteBuffer longs(long[][] ids, int length) {
        ByteBuffer buffer = direct((long) ids.length * length * Long.BYTES);
        LongBuffer longs = buffer.asLongBuffer();
        for (long[] text : ids) {
            longs.put(Arrays.copyOf(text, length));
        }
        return buffer;
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    static ByteLevelTokenizer required(Optional<ByteLevelTokenizer> tokenizer) {
        return tokenizer.orElseThrow(() -> UserException.cannot(
                "read what the language model writes",
                "its folder has no tokenizer",
                "Add tokenizer.json, or vocab.json and merges.txt"));
    }

    /** The tokenizer that an archive keeps; the caller closes it. */
    static Optional<ByteLevelTokenizer> tokenizer(Path archive) {
        Optional<ByteLevelTokenizer> opt =
                TorchScriptArchive.extra(archive, OPT_TOKENIZER).map(json -> OptTokenizer.of("in the archive", json));
        return opt.or(() -> TorchScriptArchive.extra(archive, GPT2_TOKENIZER)
                .map(json -> Gpt2Tokenizer.of("in the archive", json)));
    }
}

package io.blemish.train;

import io.blemish.train.TextData.Window;
import java.util.Arrays;
import java.util.List;

/** Puts batches of texts of similar length together. All of it depends on seed and epoch alone. */
final class TextBatches {
    /** What is not told: a target that no token has. */
    static final long NONE = -1;

    private final LengthBatches<Window> windows;
    private final long pad;

    /**
     * Texts side by side.
     *
     * @param ids of each text, padded at the end: all of a batch are equally long
     * @param targets what each is followed by; {@link #NONE} for padding
     * @param texts how many
     * @param told how many targets are not {@link #NONE}
     */
    record Batch(long[] ids, long[] targets, int texts, long told) {
        int length() {
            return ids.length / texts;
        }
    }

    TextBatches(List<Window> windows, int batchSize, long seed, long pad) {
        this.windows = new LengthBatches<>(windows, Window::targets, batchSize, seed);
        this.pad = pad;
    }

    /** Batches of an epoch; the last may be smaller. */
    int batches() {
        return windows.batches();
    }

    /** A batch of an epoch, in random order. */
    Batch random(int epoch, int batch) {
        return batch(windows.random(epoch, batch));
    }

    /** All texts once, the longest first, for a validation. */
    List<Batch> plain() {
        return windows.plain().stream().map(this::batch).toList();
    }

    private Batch batch(List<Window> some) {
        int length = some.stream().mapToInt(Window::targets).max().orElse(1);
        long[] ids = new long[some.size() * length];
        long[] targets = new long[ids.length];
        Arrays.fill(ids, pad);
        Arrays.fill(targets, NONE);
        long told = 0;
        for (int text = 0; text < some.size(); text++) {
            int[] tokens = some.get(text).tokens();
            for (int i = 0; i + 1 < tokens.length; i++) {
                ids[text * length + i] = tokens[i];
                targets[text * length + i] = tokens[i + 1];
            }
            told += tokens.length - 1;
        }
        return new Batch(ids, targets, some.size(), told);
    }
}

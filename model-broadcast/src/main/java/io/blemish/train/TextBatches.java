package io.blemish.train;

import io.blemish.train.TextData.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts batches of texts of similar length together. All of it depends on seed and epoch alone. */
final class TextBatches {
    /** What is not told: a target that no token has. */
    static final long NONE = -1;

    /** Purposes of generators, so that none is used for two things. */
    private static final long ORDER = 1;

    private static final long BATCHES = 2;

    /** So many batches' texts are sorted by length together: padding is saved, and chance kept. */
    private static final int SORTED_BATCHES = 32;

    private final List<Window> windows;
    private final int batchSize;
    private final long seed;
    private final long pad;
    private int epoch;
    private List<List<Window>> ofEpoch = List.of();

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
        this.windows = windows;
        this.batchSize = batchSize;
        this.seed = seed;
        this.pad = pad;
    }

    /** Batches of an epoch; the last may be smaller. */
    int batches() {
        return (windows.size() + batchSize - 1) / batchSize;
    }

    /** A batch of an epoch, in random order. */
    Batch random(int wantedEpoch, int batch) {
        if (ofEpoch.isEmpty() || epoch != wantedEpoch) {
            epoch = wantedEpoch;
            ofEpoch = shuffled(wantedEpoch);
        }
        return batch(ofEpoch.get(batch));
    }

    /** All texts once, the longest first, for a validation. */
    List<Batch> plain() {
        return cut(sorted(windows)).stream().map(this::batch).toList();
    }

    private List<List<Window>> shuffled(int wantedEpoch) {
        List<Window> order = Arrays.stream(Randoms.order(windows.size(), Randoms.of(seed, ORDER, wantedEpoch)))
                .mapToObj(windows::get)
                .toList();
        List<List<Window>> batches = new ArrayList<>();
        int together = SORTED_BATCHES * batchSize;
        for (int from = 0; from < order.size(); from += together) {
            batches.addAll(cut(sorted(order.subList(from, Math.min(order.size(), from + together)))));
        }
        return Arrays.stream(Randoms.order(batches.size(), Randoms.of(seed, BATCHES, wantedEpoch)))
                .mapToObj(batches::get)
                .toList();
    }

    private static List<Window> sorted(List<Window> some) {
        return some.stream()
                .sorted(Comparator.comparingInt(Window::targets).reversed())
                .toList();
    }

    private List<List<Window>> cut(List<Window> some) {
        List<List<Window>> batches = new ArrayList<>();
        for (int from = 0; from < some.size(); from += batchSize) {
            batches.add(some.subList(from, Math.min(some.size(), from + batchSize)));
        }
        return batches;
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

package io.blemish.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Puts examples of similar length together. Which, and in what order, depends on seed and epoch alone. */
final class LengthBatches<T> {
    /** Purposes of generators, so that none is used for two things. */
    private static final long ORDER = 1;

    private static final long BATCHES = 2;

    /** So many batches' examples are sorted by length together: padding is saved, and chance kept. */
    private static final int SORTED_BATCHES = 32;

    private final List<T> examples;
    private final ToIntFunction<T> length;
    private final int batchSize;
    private final long seed;
    private int epoch;
    private List<List<T>> ofEpoch = List.of();

    LengthBatches(List<T> examples, ToIntFunction<T> length, int batchSize, long seed) {
        this.examples = examples;
        this.length = length;
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /** Batches of an epoch; the last may be smaller. */
    int batches() {
        return (examples.size() + batchSize - 1) / batchSize;
    }

    /** A batch of an epoch, in random order. */
    List<T> random(int wantedEpoch, int batch) {
        if (ofEpoch.isEmpty() || epoch != wantedEpoch) {
            epoch = wantedEpoch;
            ofEpoch = shuffled(wantedEpoch);
        }
        return ofEpoch.get(batch);
    }

    /** All examples once, the longest first, for a validation. */
    List<List<T>> plain() {
        return cut(sorted(examples));
    }

    private List<List<T>> shuffled(int wantedEpoch) {
        List<T> order = Arrays.stream(Randoms.order(examples.size(), Randoms.of(seed, ORDER, wantedEpoch)))
                .mapToObj(examples::get)
                .toList();
        List<List<T>> batches = new ArrayList<>();
        int together = SORTED_BATCHES * batchSize;
        for (int from = 0; from < order.size(); from += together) {
            batches.addAll(cut(sorted(order.subList(from, Math.min(order.size(), from + together)))));
        }
        return Arrays.stream(Randoms.order(batches.size(), Randoms.of(seed, BATCHES, wantedEpoch)))
                .mapToObj(batches::get)
                .toList();
    }

    private List<T> sorted(List<T> some) {
        return some.stream().sorted(Comparator.comparingInt(length).reversed()).toList();
    }

    private List<List<T>> cut(List<T> some) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < some.size(); from += batchSize) {
            batches.add(some.subList(from, Math.min(some.size(), from + batchSize)));
        }
        return batches;
    }
}

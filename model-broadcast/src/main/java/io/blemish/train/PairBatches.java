package io.blemish.train;

import io.blemish.checkpoint.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Puts batches together: who is in them, which caption, which view. All of it depends on seed, epoch and picture alone. */
final class PairBatches {
    /** Purposes of generators, so that none is used for two things. */
    private static final long ORDER = 1;

    private static final long VIEW = 2;

    private final PairData data;
    private final List<Integer> pictures;
    private final int side;
    private final int batchSize;
    private final long seed;
    private final Augmentation augmentation;
    private final Map<String, Caption> tokens = new LinkedHashMap<>();

    private record Caption(long group, long[] ids, Augmentation.Sides sides) {}

    /**
     * Batches of some of the pictures.
     *
     * @param pictures numbers of those that take part
     * @param side of the model's pictures
     */
    PairBatches(
            PairData data,
            List<Integer> pictures,
            Tokenizer tokenizer,
            int side,
            int batchSize,
            long seed,
            Augmentation augmentation) {
        this.data = data;
        this.pictures = List.copyOf(pictures);
        this.side = side;
        this.batchSize = Math.min(batchSize, pictures.size());
        this.seed = seed;
        this.augmentation = augmentation;
        for (int picture : pictures) {
            for (String caption : data.captions().get(picture)) {
                tokens.computeIfAbsent(
                        caption, text -> new Caption(tokens.size(), tokenizer.encode(text), Augmentation.sides(text)));
            }
        }
    }

    /** Whole batches of an epoch. */
    int batches() {
        return batchSize == 0 ? 0 : pictures.size() / batchSize;
    }

    /** A batch of an epoch, in random order, seen in random views, with a random caption each. */
    PairBatch random(int epoch, int batch) {
        int[] order = Randoms.order(pictures.size(), Randoms.of(seed, ORDER, epoch));
        int[] chosen = new int[batchSize];
        String[] captions = new String[batchSize];
        SplittableRandom[] randoms = new SplittableRandom[batchSize];
        for (int i = 0; i < batchSize; i++) {
            int place = order[batch * batchSize + i];
            chosen[i] = pictures.get(place);
            randoms[i] = Randoms.of(seed, VIEW, epoch, place);
            List<String> said = data.captions().get(chosen[i]);
            captions[i] = said.get(randoms[i].nextInt(said.size()));
        }
        return batch(chosen, captions, randoms, augmentation);
    }

    /** Whole pictures in their order, with their captions taken in turn. */
    PairBatch plain(int from, int to) {
        int[] chosen = new int[to - from];
        String[] captions = new String[to - from];
        SplittableRandom[] randoms = new SplittableRandom[to - from];
        for (int i = from; i < to; i++) {
            chosen[i - from] = pictures.get(i);
            List<String> said = data.captions().get(pictures.get(i));
            captions[i - from] = said.get(i % said.size());
            randoms[i - from] = Randoms.of(seed);
        }
        return batch(chosen, captions, randoms, Augmentation.NONE);
    }

    /** All different captions, as the text tower takes them, in the order of {@link #captions}. */
    PairBatch texts(int from, int to) {
        String[] captions = tokens.keySet().stream().skip(from).limit(to - from).toArray(String[]::new);
        return captions(new byte[0], captions);
    }

    /** All different captions. */
    List<String> captions() {
        return List.copyOf(tokens.keySet());
    }

    private PairBatch batch(int[] chosen, String[] captions, SplittableRandom[] randoms, Augmentation views) {
        int pixels = 3 * side * side;
        byte[] batch = new byte[chosen.length * pixels];
        byte[] planes = new byte[data.pixels().bytes()];
        for (int i = 0; i < chosen.length; i++) {
            data.pixels().read(chosen[i], planes);
            Augmentation.Sides sides = tokens.get(captions[i]).sides;
            views.view(planes, data.pixels().side(), batch, i * pixels, side, sides, randoms[i]);
        }
        return captions(batch, captions);
    }

    private PairBatch captions(byte[] pixels, String[] captions) {
        int rows = captions.length;
        int length = Arrays.stream(captions)
                .mapToInt(caption -> tokens.get(caption).ids.length)
                .max()
                .orElse(1);
        long[] ids = new long[rows * length];
        long[] ends = new long[rows];
        long[] groups = new long[rows];
        for (int i = 0; i < rows; i++) {
            Caption caption = tokens.get(captions[i]);
            long[] own = caption.ids;
            System.arraycopy(own, 0, ids, i * length, own.length);
            Arrays.fill(ids, i * length + own.length, (i + 1) * length, own[own.length - 1]);
            ends[i] = own.length - 1L;
            groups[i] = caption.group;
        }
        return new PairBatch(pixels, ids, length, ends, groups);
    }
}

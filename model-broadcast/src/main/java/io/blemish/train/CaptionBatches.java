package io.blemish.train;

import io.blemish.train.CaptionData.Told;
import java.util.Arrays;
import java.util.List;

/** Puts batches of captions of similar length together, each with its image's embedding. */
final class CaptionBatches {
    private final LengthBatches<Told> captions;
    private final long[] prompt;
    private final long pad;

    /**
     * Captions side by side.
     *
     * @param embeddings of their images
     * @param ids of prompt and caption, padded at the end: all of a batch are equally long
     * @param targets the caption's own; {@link TextBatches#NONE} for prompt and padding
     */
    record Batch(float[][] embeddings, long[] ids, long[] targets) {
        int captions() {
            return embeddings.length;
        }

        int length() {
            return ids.length / embeddings.length;
        }
    }

    /** Batches of some captions. */
    CaptionBatches(List<Told> captions, long[] prompt, int batchSize, long seed, long pad) {
        this.captions = new LengthBatches<>(captions, Told::length, batchSize, seed);
        this.prompt = prompt.clone();
        this.pad = pad;
    }

    /** Batches of an epoch; the last may be smaller. */
    int batches() {
        return captions.batches();
    }

    /** A batch of an epoch, in random order. */
    Batch random(int epoch, int batch) {
        return batch(captions.random(epoch, batch));
    }

    /** All captions once, the longest first, for a validation. */
    List<Batch> plain() {
        return captions.plain().stream().map(this::batch).toList();
    }

    private Batch batch(List<Told> some) {
        int length = prompt.length + some.stream().mapToInt(Told::length).max().orElse(1);
        float[][] embeddings = new float[some.size()][];
        long[] ids = new long[some.size() * length];
        long[] targets = new long[ids.length];
        Arrays.fill(ids, pad);
        Arrays.fill(targets, TextBatches.NONE);
        for (int row = 0; row < embeddings.length; row++) {
            embeddings[row] = some.get(row).embedding();
            int at = row * length;
            for (long token : prompt) {
                ids[at++] = token;
            }
            for (long token : some.get(row).tokens()) {
                ids[at] = token;
                targets[at++] = token;
            }
        }
        return new Batch(embeddings, ids, targets);
    }
}

package io.blemish.train;

import io.blemish.checkpoint.Fingerprint;
import io.blemish.error.InternalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Pairs whose pictures are decoded: what a contrastive training reads again and again.
 *
 * @param pixels the pictures by number, larger than the model's so that parts of them can be taken
 * @param captions of each picture
 * @param contents SHA-256 of each picture's file, hexadecimal, and which part of it the picture is
 * @param rejected names of the pictures that cannot be decoded, with the reason
 */
public record PairData(PixelCache pixels, List<List<String>> captions, List<String> contents, List<String> rejected)
        implements AutoCloseable {
    private static final double MARGIN = 1.15;

    /**
     * Decodes pictures on some threads: the shorter side is resized, the centre cropped.
     *
     * @param side of the model's pictures; those kept are {@value #MARGIN} times as large
     * @param done told how many pairs are done
     */
    public static PairData decode(Iterator<TrainingPair> pairs, int side, int threads, LongConsumer done) {
        int kept = (int) Math.ceil(side * MARGIN);
        PixelCache pixels = PixelCache.create(kept);
        PairData data = new PairData(pixels, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Deque<Future<List<DecodedPair>>> pending = new ArrayDeque<>();
        try {
            PairDecoder decoder = new PairDecoder(kept);
            PicturesOfOneFile files = new PicturesOfOneFile(pairs);
            long finished = 0;
            while (files.hasNext() || !pending.isEmpty()) {
                if (files.hasNext() && pending.size() < 4 * threads) {
                    List<TrainingPair> file = files.next();
                    pending.add(pool.submit(() -> decoder.decode(file)));
                } else {
                    for (DecodedPair decoded : pending.remove().get()) {
                        data.add(decoded);
                        done.accept(++finished);
                    }
                }
            }
            return data;
        } catch (ExecutionException | RuntimeException e) {
            pixels.close();
            throw e instanceof RuntimeException failure ? failure : new InternalException("Decoding failed", e);
        } catch (InterruptedException e) {
            pixels.close();
            Thread.currentThread().interrupt();
            throw new InternalException("Decoding was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** How many pictures there are. */
    public int size() {
        return captions.size();
    }

    /** A value that changes with any picture or caption, whatever their order. */
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        for (int picture : inOrder().toArray()) {
            fingerprint.value(contents.get(picture), String.join("\n", captions.get(picture)));
        }
        return fingerprint.hex();
    }

    /** Numbers of the pictures that are trained on, in the order of their contents. */
    public List<Integer> training(double validationShare) {
        return inOrder()
                .filter(picture -> !held(picture, validationShare))
                .boxed()
                .toList();
    }

    /** Numbers of the pictures that are kept for validation, by their contents: about that share. */
    public List<Integer> validation(double share) {
        return inOrder().filter(picture -> held(picture, share)).boxed().toList();
    }

    private boolean held(int picture, double share) {
        return Integer.parseInt(contents.get(picture).substring(0, 6), 16) < share * (1 << 24);
    }

    /** Pictures come as Spark reads them; what is learned must not depend on that. */
    private IntStream inOrder() {
        return IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.<Integer, String>comparing(contents::get)
                        .thenComparing(picture -> String.join("\n", captions.get(picture))))
                .mapToInt(Integer::intValue);
    }

    /** Deletes the decoded pictures. */
    @Override
    public void close() {
        pixels.close();
    }

    private void add(DecodedPair decoded) {
        if (decoded.planes().isEmpty()) {
            rejected.add(decoded.reason());
            return;
        }

        pixels.write(size(), decoded.planes().get());
        captions.add(decoded.pair().captions());
        contents.add(decoded.content());
    }

    /** Runs of pairs whose pictures have one name. */
    private static final class PicturesOfOneFile implements Iterator<List<TrainingPair>> {
        private final Iterator<TrainingPair> pairs;
        private Optional<TrainingPair> ahead;

        PicturesOfOneFile(Iterator<TrainingPair> pairs) {
            this.pairs = pairs;
            this.ahead = follow();
        }

        @Override
        public boolean hasNext() {
            return ahead.isPresent();
        }

        @Override
        public List<TrainingPair> next() {
            List<TrainingPair> run = new ArrayList<>(List.of(ahead.orElseThrow(NoSuchElementException::new)));
            ahead = follow();
            while (ahead.isPresent() && ahead.get().name().equals(run.get(0).name())) {
                run.add(ahead.get());
                ahead = follow();
            }
            return run;
        }

        private Optional<TrainingPair> follow() {
            return pairs.hasNext() ? Optional.of(pairs.next()) : Optional.empty();
        }
    }
}

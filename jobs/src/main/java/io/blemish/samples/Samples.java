package io.blemish.samples;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Draws photographs into a folder, with what is true of them.
 *
 * <p>{@code photographs/NNNNNN.jpg}; {@code masks/NNNNNN-green-mould.png}, one for each defect, 255 where it shows;
 * {@code manifest.csv} as {@code ingest --manifest} takes it; {@code truths.csv} with labels, severities, captions and masks;
 * {@code captions.csv} with the captions alone; {@code regions.csv} with parts of the photographs and captions of those.
 */
public final class Samples {
    private final Path folder;
    private final int count;
    private final SampleOptions options;

    /**
     * @param folder must be empty or not there
     * @param count how many photographs
     */
    public Samples(Path folder, int count, SampleOptions options) {
        if (count < 1) {
            throw UserException.cannot("draw photographs", "their number is " + count, "Ask for one at least");
        }
        this.folder = folder;
        this.count = count;
        this.options = options;
    }

    /**
     * Draws them, on all processors.
     *
     * @param progress is told now and then how many are done, by any thread
     */
    public SamplesResult run(IntConsumer progress) {
        try {
            prepare();
            Truth[] truths = new Truth[count];
            draw(truths, progress);
            new Ledger(folder).write(List.of(truths));
            int defective = 0;
            int masks = 0;
            for (Truth truth : truths) {
                defective += truth.sound() ? 0 : 1;
                masks += truth.marks().size();
            }
            return new SamplesResult(count, defective, masks);
        } catch (IOException e) {
            throw UserException.cannot(
                    "write photographs to " + folder,
                    e.toString(),
                    "Check its permissions and the room on its disk",
                    e);
        }
    }

    private void prepare() throws IOException {
        if (Files.exists(folder)) {
            if (!Files.isDirectory(folder)) {
                throw UserException.cannot(
                        "write photographs to " + folder,
                        "it is a file",
                        "Name a folder that is empty or not there yet");
            }
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw UserException.cannot(
                            "write photographs to " + folder,
                            "it is not empty",
                            "Name a folder that is empty or not there yet");
                }
            }
        }
        Files.createDirectories(folder.resolve("photographs"));
        Files.createDirectories(folder.resolve("masks"));
    }

    private void draw(Truth[] truths, IntConsumer progress) throws IOException {
        int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Callable<Void> work = () -> {
            try (Printer printer = new Printer(folder, options)) {
                for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                    truths[index] = printer.print(index);
                    progress.accept(done.incrementAndGet());
                }
            } catch (IOException | RuntimeException | Error e) {
                next.set(count);
                throw e;
            }
            return null;
        };
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> worker : executor.invokeAll(Collections.nCopies(threads, work))) {
                worker.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new InternalException("drawing a photograph", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("interrupted while drawing photographs", e);
        } finally {
            executor.shutdownNow();
        }
    }
}

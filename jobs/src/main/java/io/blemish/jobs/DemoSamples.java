package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.samples.SampleOptions;
import io.blemish.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The photographs of the demo: drawn once, kept for the next time. They are drawn beside their place and moved there
 * whole, so that a folder that is there is complete.
 */
final class DemoSamples {
    /** What a finished folder says of itself: how many photographs it has, and of which seed. */
    private static final String LABEL = "demo.txt";

    private final Path folder;
    private final int count;
    private final long seed;

    DemoSamples(DemoOptions options) {
        this.folder = options.samples();
        this.count = options.count();
        this.seed = options.seed();
    }

    /** The list of photographs for {@code ingest}. */
    Path manifest() {
        return folder.resolve("manifest.csv");
    }

    /** What is true of them, for {@code truth import}. */
    Path truths() {
        return folder.resolve("truths.csv");
    }

    /** Whether there is nothing left to draw. */
    boolean drawn() {
        return Files.exists(folder);
    }

    /**
     * Draws what is not there yet.
     *
     * @throws UserException when the folder holds something else
     */
    void draw(Terminal terminal) {
        try {
            if (Files.exists(folder)) {
                requireSame();
                return;
            }
            Path draft = folder.resolveSibling(folder.getFileName() + ".unfinished");
            delete(draft);
            AtomicInteger done = new AtomicInteger();
            try (Progress progress = Progress.start(terminal, "demo: photographs drawn", count, done::get)) {
                new Samples(draft, count, SampleOptions.of(seed)).run(done::set);
            }
            Files.write(draft.resolve(LABEL), List.of(label()));
            Files.move(draft, folder);
        } catch (IOException e) {
            throw UserException.cannot(
                    "draw the photographs of the demo into " + folder,
                    e.toString(),
                    "Name another folder with --out",
                    e);
        }
    }

    private void requireSame() throws IOException {
        Path label = folder.resolve(LABEL);
        String found = Files.exists(label) ? Files.readString(label).strip() : "something else";
        if (!found.equals(label())) {
            throw UserException.cannot(
                    "show a demo of " + label(),
                    folder + " holds " + found,
                    "Name another folder with --out, or delete this one");
        }
    }

    private String label() {
        return count + " photographs of seed " + seed;
    }

    private static void delete(Path draft) throws IOException {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> files = Files.walk(draft)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

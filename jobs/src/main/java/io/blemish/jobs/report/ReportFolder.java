package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folder of a report. Each page appears whole or not at all, in the place of an older one, and the one that leads to
 * the others appears last. Pages of an earlier report that no longer belong to it are removed; other files stay.
 */
public final class ReportFolder {
    /** As many bytes hold the beginning of a page, and with it the name of what made it. */
    private static final int BEGINNING = 512;

    private final Path folder;
    private final String runId;

    /** The folder, for pages that a run writes. */
    public ReportFolder(Path folder, String runId) {
        this.folder = requireNonNull(folder, "folder is null");
        this.runId = requireNonNull(runId, "runId is null");
    }

    /** The page that a report begins with. */
    public Path index() {
        return folder.resolve(Page.INDEX);
    }

    /**
     * Writes the pages.
     *
     * @param pages the one that leads to the others last
     * @return their bytes
     */
    public long write(List<Page> pages) throws IOException {
        Set<Path> written = new HashSet<>();
        long bytes = 0;
        for (Page page : pages) {
            Path file = folder.resolve(page.path());
            write(page, file);
            written.add(file);
            bytes += Files.size(file);
        }
        removeOthers(written);
        return bytes;
    }

    private void write(Page page, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling("." + runId + ".html");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                page.write(writer);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void removeOthers(Set<Path> written) throws IOException {
        Path defects = folder.resolve(DefectTrends.FOLDER);
        if (!Files.isDirectory(defects)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(defects, "*.html")) {
            for (Path file : files) {
                if (!written.contains(file) && isOurs(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8).contains(Page.GENERATED);
        }
    }
}

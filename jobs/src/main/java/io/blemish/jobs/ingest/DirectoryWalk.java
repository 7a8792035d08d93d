package io.blemish.jobs.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists a directory, and in {@link Depth#ALL} everything below it, one entry at a time: a folder of millions never lies
 * in memory.
 *
 * <p>A directory that vanishes on the way has no files; one that cannot be listed for another reason is reported as
 * such. A symbolic link on a local disk is followed unless it leads back to a directory above itself.
 */
final class DirectoryWalk implements Iterator<Listed> {
    private final Configuration hadoop;
    private final Include include;
    private final Depth depth;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private RemoteIterator<FileStatus> entries;
    private Path current;
    private Listed next;

    /** How far a walk goes. */
    enum Depth {
        /** The directory itself; those in it are only named. */
        ONE,
        /** Everything below. */
        ALL
    }

    DirectoryWalk(String uri, Depth depth, Include include, Configuration hadoop) {
        this.hadoop = hadoop;
        this.include = include;
        this.depth = depth;
        waiting.add(FilePaths.path(uri));
    }

    @Override
    public boolean hasNext() {
        while (next == null && (entries != null || !waiting.isEmpty())) {
            advance();
        }
        return next != null;
    }

    @Override
    public Listed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Listed result = next;
        next = null;
        return result;
    }

    private void advance() {
        try {
            if (entries == null) {
                current = waiting.removeLast();
                entries = current.getFileSystem(hadoop).listStatusIterator(current);
            }
            if (entries.hasNext()) {
                next = meet(entries.next());
            } else {
                entries = null;
            }
        } catch (FileNotFoundException e) {
            // The directory went away after its parent was listed: it has no files any more.
            entries = null;
        } catch (IOException e) {
            entries = null;
            next = Listed.failed(FilePaths.uri(current), e);
        }
    }

    /** The entry, when it is one to be reported; null when it is a directory that this walk enters itself. */
    private Listed meet(FileStatus entry) throws IOException {
        if (!entry.isDirectory()) {
            return Listed.file(entry, include);
        }
        if (leadsBack(entry.getPath())) {
            return null;
        }
        if (depth == Depth.ONE) {
            return Listed.directory(entry);
        }
        waiting.addLast(entry.getPath());
        return null;
    }

    private static boolean leadsBack(Path path) throws IOException {
        if (!FilePaths.isLocal(path)) {
            return false;
        }
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
        return Files.isSymbolicLink(local) && local.getParent().toRealPath().startsWith(local.toRealPath());
    }
}

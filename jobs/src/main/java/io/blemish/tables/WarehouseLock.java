package io.blemish.tables;

import io.blemish.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of one driver on a warehouse that lies on a local disk.
 *
 * <p>Two driver processes that commit to one Delta table on {@code file://} can overwrite each other's commits: the
 * rename that Delta relies on is exclusive within one process only. The operating system frees the lock when its
 * process ends, however it ends; the file stays and says who had it last.
 */
public final class WarehouseLock implements AutoCloseable {
    /** The file in the warehouse directory whose lock is the warehouse's. */
    static final String FILE = "_blemish.lock";

    private static final int MAX_HOLDER_BYTES = 1024;

    /**
     * Who holds which directory within this process. Closing any channel of a file frees all locks that the process has
     * on it, so a file whose lock is held here must not be opened again.
     */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Optional<Path> folder;
    private final Optional<FileChannel> channel;

    private WarehouseLock(Optional<Path> folder, Optional<FileChannel> channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** True for a directory on a local disk, which can be locked. */
    static boolean locks(URI directory) {
        return directory.getScheme() == null || directory.getScheme().equals("file");
    }

    static WarehouseLock none() {
        return new WarehouseLock(Optional.empty(), Optional.empty());
    }

    /** Locks the directory when it is a local one. */
    static WarehouseLock acquire(URI directory, String holder) {
        if (!locks(directory)) {
            return none();
        }
        Path folder = Path.of(directory.getPath());
        String other = HELD.putIfAbsent(folder, holder);
        if (other != null) {
            throw refusal(folder, other);
        }
        Optional<FileChannel> channel = Optional.empty();
        try {
            Files.createDirectories(folder);
            channel = Optional.of(locked(folder, holder));
            return new WarehouseLock(Optional.of(folder), channel);
        } catch (IOException e) {
            throw UserException.cannot(
                    "lock the warehouse " + folder, e.toString(), "Name a directory that can be written to", e);
        } finally {
            if (channel.isEmpty()) {
                HELD.remove(folder);
            }
        }
    }

    private static FileChannel locked(Path folder, String holder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            try (channel) {
                throw refusal(folder, holder(channel));
            }
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        int length = Math.max(channel.read(text, 0), 0);
        return new String(text.array(), 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }

    private static UserException refusal(Path folder, String holder) {
        return UserException.cannot(
                "write to the warehouse " + folder,
                "another driver is writing to it (" + (holder.isBlank() ? "unknown" : holder) + ")",
                "Wait until it has ended");
    }

    @Override
    public void close() {
        if (channel.isPresent()) {
            try {
                channel.get().close();
                HELD.remove(folder.orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot release the lock of the warehouse", e);
            }
        }
    }
}

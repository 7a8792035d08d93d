package io.blemish.checkpoint;

import io.blemish.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Read-only windows into a file of any size.
 *
 * <p>One Java buffer addresses 2 GiB at most, so the file is mapped in segments of 1 GiB, or as long as one window
 * needs. Windows asked for in the order of the file share segments. They stay valid after {@link #close}, until no one
 * holds them; a file that is cut short meanwhile makes their reading fail.
 */
final class MappedFile implements AutoCloseable {
    private static final long SEGMENT = 1L << 30;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final long segmentLength;
    private ByteBuffer segment = ByteBuffer.allocate(0);
    private long segmentStart;

    private MappedFile(Path file, FileChannel channel, long segmentLength) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.segmentLength = segmentLength;
    }

    /** Opens a regular file, or says in one line why it cannot be read. */
    static MappedFile open(Path file) {
        return open(file, SEGMENT);
    }

    static MappedFile open(Path file, long segmentLength) {
        if (Files.isDirectory(file)) {
            throw UserException.cannot("read " + file, "it is a folder", "Name a file");
        }

        try {
            return new MappedFile(file, FileChannel.open(file, StandardOpenOption.READ), segmentLength);
        } catch (NoSuchFileException e) {
            throw UserException.cannot("read " + file, "there is no such file", "Check the path", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    long size() {
        return size;
    }

    /** The bytes from an offset on, little-endian, read-only: less than 2 GiB, and within the file. */
    ByteBuffer window(long offset, long length) {
        if (offset < segmentStart || offset + length > segmentStart + segment.capacity()) {
            long mapped = Math.min(size - offset, Math.max(length, segmentLength));
            try {
                segment = channel.map(MapMode.READ_ONLY, offset, mapped);
                segmentStart = offset;
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }

        return segment.slice((int) (offset - segmentStart), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UserException unreadable(Path file, IOException e) {
        return UserException.cannot(
                "read " + file,
                e.getClass().getSimpleName() + " " + e.getMessage(),
                "Check that the file can be read",
                e);
    }
}

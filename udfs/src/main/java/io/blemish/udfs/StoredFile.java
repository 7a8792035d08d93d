package io.blemish.udfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.TaskKilledException;

/** The bytes of a file of any file system that Hadoop is configured for, read by a task. */
public final class StoredFile {
    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private StoredFile() {}

    /** The file has more bytes than are read. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        private final long length;

        private TooLongException(Path path, long length) {
            super(path + " has " + length + " bytes or more");
            this.length = length;
        }

        /** Bytes that it has at least. */
        public long length() {
            return length;
        }
    }

    /**
     * The whole file; a fault of the storage is tried three times, with a longer pause each time.
     *
     * @param maxBytes longer files are not read
     * @throws FileNotFoundException when it is not there
     * @throws AccessControlException or {@link AccessDeniedException}, when it may not be read
     * @throws TooLongException when it is longer than that
     * @throws IOException of the last attempt, when the storage fails
     * @throws IllegalArgumentException when the storage does not admit its name
     * @throws TaskKilledException when the thread is interrupted
     */
    public static byte[] read(Path path, long maxBytes, Configuration hadoop) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(path, maxBytes, hadoop);
            } catch (FileNotFoundException | AccessControlException | AccessDeniedException | TooLongException e) {
                throw e;
            } catch (IOException e) {
                if (interrupted(e)) {
                    throw killed(path);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause(pause, path);
                pause *= 2;
            }
        }
    }

    private static byte[] readOnce(Path path, long maxBytes, Configuration hadoop) throws IOException {
        try (InputStream in = fileSystem(path, hadoop).open(path)) {
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new TooLongException(path, content.length);
            }
            return content;
        }
    }

    /**
     * Where the file lies; on a local disk without Hadoop's checksum files, whose names some names of photographs do
     * not admit.
     */
    private static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
        FileSystem files = path.getFileSystem(hadoop);
        return files instanceof LocalFileSystem local ? local.getRaw() : files;
    }

    /** True when the thread was interrupted; a storage that does not answer in time is a fault like any other. */
    private static boolean interrupted(IOException fault) {
        return fault instanceof ClosedByInterruptException
                || (fault instanceof InterruptedIOException && !(fault instanceof SocketTimeoutException));
    }

    private static void pause(long millis, Path path) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw killed(path);
        }
    }

    private static TaskKilledException killed(Path path) {
        Thread.currentThread().interrupt();
        return new TaskKilledException("interrupted while reading " + path.toUri());
    }
}

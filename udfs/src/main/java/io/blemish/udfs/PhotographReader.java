package io.blemish.udfs;

import io.blemish.error.InternalException;
import io.blemish.image.ImageRejectedException;
import io.blemish.image.RejectCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.TaskKilledException;

/**
 * Reads photographs that a warehouse keeps by reference, and makes sure that they are still the ones that were
 * ingested.
 */
public final class PhotographReader {
    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final Configuration hadoop;
    private final long maxBytes;

    /**
     * A reader of any file system that Hadoop is configured for.
     *
     * @param maxBytes longer files are not read
     */
    public PhotographReader(Configuration hadoop, long maxBytes) {
        this.hadoop = hadoop;
        this.maxBytes = maxBytes;
    }

    /**
     * The bytes of the file; a fault of the storage is tried three times.
     *
     * @param imageId SHA-256 that they must have, in hexadecimal
     * @throws ImageRejectedException {@code unreadable} when they cannot be had, {@code changed} when they are others
     * @throws TaskKilledException when the thread is interrupted
     */
    public byte[] read(String uri, String imageId) throws ImageRejectedException {
        byte[] content = read(uri);
        String found = HexFormat.of().formatHex(sha256().digest(content));
        if (!found.equals(imageId)) {
            throw new ImageRejectedException(RejectCode.CHANGED, "the file now has SHA-256 " + found);
        }
        return content;
    }

    /**
     * The bytes of a file of any content, such as a mask; a fault of the storage is tried three times.
     *
     * @throws ImageRejectedException {@code unreadable} when they cannot be had, {@code changed} when they are too many
     * @throws TaskKilledException when the thread is interrupted
     */
    public byte[] read(String uri) throws ImageRejectedException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return contentOnce(new Path(URI.create(uri)));
            } catch (FileNotFoundException
                    | AccessControlException
                    | AccessDeniedException
                    | IllegalArgumentException e) {
                throw unreadable(e);
            } catch (IOException e) {
                if (interrupted(e)) {
                    throw killed(uri);
                }
                if (attempt == ATTEMPTS) {
                    throw unreadable(e);
                }
                pause(pause, uri);
                pause *= 2;
            }
        }
    }

    private byte[] contentOnce(Path path) throws IOException, ImageRejectedException {
        try (InputStream in = fileSystem(path).open(path)) {
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new ImageRejectedException(
                        RejectCode.CHANGED, "the file is now longer than " + maxBytes + " bytes");
            }
            return content;
        }
    }

    /**
     * Where the file lies; on a local disk without Hadoop's checksum files, whose names some names of photographs do
     * not admit.
     */
    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem files = path.getFileSystem(hadoop);
        return files instanceof LocalFileSystem local ? local.getRaw() : files;
    }

    /** True when the thread was interrupted; a storage that does not answer in time is a fault like any other. */
    private static boolean interrupted(IOException fault) {
        return fault instanceof ClosedByInterruptException
                || (fault instanceof InterruptedIOException && !(fault instanceof SocketTimeoutException));
    }

    private static void pause(long millis, String uri) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw killed(uri);
        }
    }

    private static TaskKilledException killed(String uri) {
        Thread.currentThread().interrupt();
        return new TaskKilledException("interrupted while reading " + uri);
    }

    private static ImageRejectedException unreadable(Exception cause) {
        return new ImageRejectedException(RejectCode.UNREADABLE, "the file cannot be read (" + cause + ")", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new InternalException("This Java has no SHA-256", e);
        }
    }
}

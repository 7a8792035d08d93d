package io.blemish.jobs.ingest;

import io.blemish.image.RejectCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
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

/** The bytes of one file, and their identity. */
public final class FileContent {
    /** Reject code of a file that is not there any more, or never was. */
    public static final String MISSING = "missing";

    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private FileContent() {}

    /** Why the bytes of a file could not be had. */
    static final class NotReadException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        NotReadException(String code, String reason) {
            super(reason);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * Reads the whole file, of at most so many bytes; a fault of the storage is tried three times.
     *
     * @throws NotReadException when the file is not there, cannot be read, or is longer than that
     * @throws IOException when the task is being killed
     */
    static byte[] read(Path path, long maxBytes, Configuration hadoop) throws NotReadException, IOException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(path, maxBytes, hadoop);
            } catch (FileNotFoundException e) {
                throw new NotReadException(MISSING, "the file is not there");
            } catch (AccessControlException | AccessDeniedException e) {
                throw new NotReadException(RejectCode.UNREADABLE.code(), "access denied: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new NotReadException(
                        RejectCode.UNREADABLE.code(), "the storage does not admit its name: " + e.getMessage());
            } catch (IOException e) {
                if (interrupted(e)) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new NotReadException(RejectCode.UNREADABLE.code(), e.toString());
                }
                pause(pause);
                pause *= 2;
            }
        }
    }

    /** The SHA-256 of the bytes in hexadecimal: the identity of an image. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] readOnce(Path path, long maxBytes, Configuration hadoop)
            throws NotReadException, IOException {
        try (InputStream in = fileSystem(path, hadoop).open(path)) {
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw tooLong(content.length, maxBytes);
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

    static NotReadException tooLong(long length, long maxBytes) {
        String reason = "the file has " + length + " bytes or more, the limit is " + maxBytes;
        return new NotReadException(RejectCode.TOO_MANY_BYTES.code(), reason);
    }

    /** True when the thread was interrupted; a storage that does not answer in time is a fault like any other. */
    private static boolean interrupted(IOException fault) {
        return fault instanceof ClosedByInterruptException
                || (fault instanceof InterruptedIOException && !(fault instanceof SocketTimeoutException));
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the storage");
        }
    }
}

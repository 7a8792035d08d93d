package io.blemish.jobs.ingest;

import io.blemish.image.RejectCode;
import io.blemish.udfs.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.TaskKilledException;

/** The bytes of one file, and their identity. */
public final class FileContent {
    /** Reject code of a file that is not there any more, or never was. */
    public static final String MISSING = "missing";

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
     * @throws TaskKilledException when the thread is interrupted
     */
    static byte[] read(Path path, long maxBytes, Configuration hadoop) throws NotReadException {
        try {
            return StoredFile.read(path, maxBytes, hadoop);
        } catch (FileNotFoundException e) {
            throw new NotReadException(MISSING, "the file is not there");
        } catch (StoredFile.TooLongException e) {
            throw tooLong(e.length(), maxBytes);
        } catch (AccessControlException | AccessDeniedException e) {
            throw new NotReadException(RejectCode.UNREADABLE.code(), "access denied: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new NotReadException(
                    RejectCode.UNREADABLE.code(), "the storage does not admit its name: " + e.getMessage());
        } catch (IOException e) {
            throw new NotReadException(RejectCode.UNREADABLE.code(), e.toString());
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

    static NotReadException tooLong(long length, long maxBytes) {
        String reason = "the file has " + length + " bytes or more, the limit is " + maxBytes;
        return new NotReadException(RejectCode.TOO_MANY_BYTES.code(), reason);
    }
}
